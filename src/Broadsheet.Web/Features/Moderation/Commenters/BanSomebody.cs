using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Moderation.Bulk;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation.Commenters;

/// <summary>Bans: those in force, a new one (from a comment, or typed), and their end.</summary>
internal sealed class BanSomebody(IDatabaseEngine engine, Writes writes, PublicationStore publications, DeskPages pages, Notices notices, TimeProvider clock)
{
    public const string Page = $"{QueueNames.Page}bans/";
    private const int Most = 200;

    /// <summary>How long, as the form names it; null for ever.</summary>
    private static readonly (string Name, string Words, TimeSpan? Time)[] Terms =
    [
        ("1h", "1 hour", TimeSpan.FromHours(1)), ("3h", "3 hours", TimeSpan.FromHours(3)), ("1d", "24 hours", TimeSpan.FromDays(1)), ("7d", "7 days", TimeSpan.FromDays(7)), ("30d", "30 days", TimeSpan.FromDays(30)), ("ever", "for ever", null),
    ];

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/bans/", (HttpContext http, BanSomebody action) => action.ShowAsync(http, null, null));
        room.MapPost("/bans/", (HttpContext http, BanSomebody action) => action.BanAsync(http));
        room.MapPost("/bans/lift/", (HttpContext http, BanSomebody action) => action.LiftAsync(http));
        room.MapPost("/bans/again/", (HttpContext http, BanSomebody action) => action.AgainAsync(http));
    }

    /// <param name="typed">What a form held that was refused; null fills it in from <c>?comment=</c>.</param>
    private async Task<IResult> ShowAsync(HttpContext http, BansPage.Form? typed, string? problem)
    {
        var ct = http.RequestAborted;
        var (publication, now) = (await publications.GetAsync(ct), clock.GetUtcNow());
        await using var db = engine.Open();
        var bans = await BanLedger.InForce(db.Bans, now).OrderBy(b => b.Reason.StartsWith(BanLedger.ByRules)).ThenByDescending(b => b.Id).Take(Most).LeftJoin(db.Users, b => b.ById, p => p.Id, (b, p) => new { Ban = b, By = p != null ? p.DisplayName : b.Reason.StartsWith(BanLedger.ByRules) ? "the rules" : "somebody who is gone" }).ToListAsync(ct);
        List<long> banned = [.. bans.Where(b => b.Ban.Kind == BanKind.Person).Select(b => long.Parse(b.Ban.Value, CultureInfo.InvariantCulture))];
        var names = await db.Users.Where(p => banned.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, ct);
        var comment = await CommentAsync(db, typed?.Comment ?? Number(http.Request.Query["comment"]), ct);
        return await pages.ShowAsync<BansPage>(http, new BansPage.Content
        {
            Bans = [.. bans.Select(b => new BansPage.Row(b.Ban.Id, b.Ban.Kind == BanKind.Person ? names.GetValueOrDefault(long.Parse(b.Ban.Value, CultureInfo.InvariantCulture), "an account that is gone") : b.Ban.Value, b.Ban.Action == BanAction.Refuse ? "refused" : "waits", b.Ban.Reason, b.By, DeskTime.Of(publication, b.Ban.Since), b.Ban.Until is { } until ? $"until {DeskTime.Of(publication, until)}" : "for ever"))],
            About = comment is null ? null : $"{(comment.AuthorName.Length > 0 ? comment.AuthorName : "Anonymous")}: {Core.Text.Excerpt.Of(Core.Text.SafeHtml.FromStore(comment.BodyHtml), 40)}",
            Targets = Targets(comment),
            Terms = [.. Terms.Select(t => KeyValuePair.Create(t.Name, t.Words))],
            Typed = typed ?? new BansPage.Form(comment?.Id, "", "", "", "7d", false, false),
            Problem = problem,
        }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>What of a comment's writer can be banned.</summary>
    private static List<KeyValuePair<string, string>> Targets(Comment? c)
    {
        var targets = new List<KeyValuePair<string, string>>();
        if (c?.PersonId is { } person) targets.Add(KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"person:{person}"), $"the account of {c.AuthorName}"));
        if (c is { AuthorEmail.Length: > 0 }) targets.Add(KeyValuePair.Create($"email:{c.AuthorEmail}", c.AuthorEmail));
        if (c is { AuthorIp.Length: > 0 }) targets.Add(KeyValuePair.Create($"network:{c.AuthorIp}", $"the network address {c.AuthorIp}"));
        if (c is { AuthorEmail.Length: > 0 } && c.AuthorEmail.Split('@') is [_, var domain]) targets.Add(KeyValuePair.Create($"domain:{domain}", $"all addresses at {domain}"));
        return targets;
    }

    private async Task<IResult> BanAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var typed = new BansPage.Form(Number(form["comment"]), form["target"].ToString(), form["value"].ToString().Trim(), form["reason"].ToString().Trim(), form["term"].ToString(), form["quiet"] == "yes", form["all"] == "yes");
        if (Kind(typed) is not var (kind, value)) return await ShowAsync(http, typed, "Say whom to ban: an address, a domain such as example.org, a network such as 203.0.113.0/24, or the number of an account.");
        var term = Array.Find(Terms, t => t.Name == typed.Term);
        if (term.Name is null) return await ShowAsync(http, typed, "Choose for how long.");
        var me = CurrentPerson.Of(http)!.Id;
        var wish = new BanWish(kind, value, typed.Reason, term.Time is { } time ? clock.GetUtcNow() + time : null, typed.IsQuiet ? BanAction.Hold : BanAction.Refuse);
        var runs = new List<BulkRun>();
        var made = await writes.RunAsync(async (scope, ct) =>
        {
            var added = await BanLedger.AddAsync(scope, wish, me, ct);
            if (added.Problem is not null) return added;
            if (!typed.IsQuiet) await CommenterLedger.TellOfBanAsync(scope, added.Value, ct);
            if (typed.WithComments && SearchOf(kind, value) is { } search)
                foreach (var from in new[] { Standing.Shown, Standing.Held })
                {
                    var run = new BulkRun { PersonId = me, From = from, To = Standing.Trashed, Search = search };
                    await BulkLedger.StartAsync(scope, run, QueueSearch.Parse(search).In, ct);
                    runs.Add(run);
                }
            return added;
        }, http.RequestAborted);
        if (made.Problem is { } problem) return await ShowAsync(http, typed, problem.Message);
        var also = runs.Sum(r => r.Total) is > 0 and var count ? string.Create(CultureInfo.InvariantCulture, $" {count:N0} comments go to the trash, bit by bit.") : "";
        notices.Say(http, new DeskShell.Notice($"Banned: {made.Value.Value}.{also}", $"{Page}lift/", [KeyValuePair.Create("ban", made.Value.Id.ToString(CultureInfo.InvariantCulture))], runs.Count > 0 ? DecideAll.Address(runs[0].Id) : null, runs.Count > 0 ? "Watch" : null));
        return TypedResults.Redirect(Page);
    }

    private async Task<IResult> LiftAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var id = Number(form["ban"]) ?? 0;
        var isLifted = await writes.RunAsync((scope, ct) => BanLedger.LiftAsync(scope, id, CurrentPerson.Of(http)!.Id, ct), http.RequestAborted);
        notices.Say(http, isLifted ? new DeskShell.Notice("The ban is lifted.", $"{Page}again/", [KeyValuePair.Create("ban", id.ToString(CultureInfo.InvariantCulture))]) : new DeskShell.Notice("There was no such ban in force."));
        return TypedResults.Redirect(Page);
    }

    /// <summary>A ban that was lifted a moment ago stands again, as it was.</summary>
    private async Task<IResult> AgainAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var id = Number(form["ban"]) ?? 0;
        await using var db = engine.Open();
        if (await db.Bans.FirstOrDefaultAsync(b => b.Id == id && b.LiftedAt != null, http.RequestAborted) is not { } ban) return TypedResults.Redirect(Page);
        var made = await writes.RunAsync((scope, ct) => BanLedger.AddAsync(scope, new BanWish(ban.Kind, ban.Value, ban.Reason, ban.Until, ban.Action), CurrentPerson.Of(http)!.Id, ct), http.RequestAborted);
        notices.Say(http, new DeskShell.Notice(made.Problem?.Message ?? "The ban stands again."));
        return TypedResults.Redirect(Page);
    }

    /// <summary>A choice of the form, or what is typed: its shape tells what it is.</summary>
    private static (BanKind Kind, string Value)? Kind(BansPage.Form form)
    {
        var (kind, value) = form.Target.Split(':', 2) is [var name, var chosen] ? (name, chosen) : ("", form.Value);
        if (kind.Length == 0 && value.Length > 0)
            kind = value.Contains('@', StringComparison.Ordinal) && value[0] != '@' ? "email" : value.All(char.IsAsciiDigit) ? "person" : value.Contains('/', StringComparison.Ordinal) || System.Net.IPAddress.TryParse(value, out _) ? "network" : "domain";
        return kind switch { "person" => (BanKind.Person, value), "email" => (BanKind.Email, value), "network" => (BanKind.Network, value), "domain" => (BanKind.EmailDomain, value), _ => null };
    }

    /// <returns>What finds their comments; null where that would be far more than one writer's.</returns>
    private static string? SearchOf(BanKind kind, string value) => kind switch { BanKind.Person => $"person:{value}", BanKind.Email => QueueSearch.Term("email", value), BanKind.Network when !value.Contains('/', StringComparison.Ordinal) && value[^1] != ':' => $"ip:{value}", _ => null };

    private static Task<Comment?> CommentAsync(BroadsheetDb db, long? id, CancellationToken ct) => id is { } comment ? db.Comments.FirstOrDefaultAsync(c => c.Id == comment, ct) : Task.FromResult<Comment?>(null);

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
