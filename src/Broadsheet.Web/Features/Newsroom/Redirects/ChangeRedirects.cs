using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Newsroom.Redirects;

/// <summary>Makes and deletes rules, each with the way back, and forgets an address that leads nowhere.</summary>
internal sealed class ChangeRedirects(Writes writes, StandingAddresses addresses, ShowRedirects page, Notices notices)
{
    public static void Map(RouteGroupBuilder room)
    {
        room.MapPost("/", (HttpContext http, ChangeRedirects action) => action.PutAsync(http));
        room.MapPost("/delete/", (HttpContext http, ChangeRedirects action) => action.DeleteAsync(http));
        room.MapPost("/forget/", (HttpContext http, ChangeRedirects action) => action.ForgetAsync(http));
    }

    private async Task<IResult> PutAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var kind = Enum.TryParse<RedirectKind>(form["kind"], ignoreCase: true, out var given) && Enum.IsDefined(given) ? given : RedirectKind.Moved;
        var typed = new RedirectsPage.Form(form["from"].ToString().Trim(), form["to"].ToString().Trim(), kind);
        var rule = RedirectRule.Create(typed.From, typed.To, kind);
        if (rule.Problem is { } wrong) return await page.ShowAsync(http, typed, wrong);
        var by = CurrentPerson.Of(http)!.Id;
        var done = await writes.RunAsync(async (scope, ct) =>
        {
            var put = await RedirectLedger.PutAsync(scope, rule.Value, by, ct);
            if (put.Problem is not null) return (put, 0L);
            AuditLedger.Note(scope, by, "redirects", kind == RedirectKind.Gone ? $"{rule.Value.From} is gone." : $"{rule.Value.From} → {rule.Value.To}");
            await scope.FlushAsync(ct);
            var folded = rule.Value.From.ToLowerInvariant();
            return (put, scope.Db.Redirections.Local.First(r => r.Folded == folded).Id);
        }, http.RequestAborted);
        if (done.put.Problem is { } refused) return await page.ShowAsync(http, typed, refused);
        var what = await WordsAsync(http, rule.Value, done.put.Value);
        notices.Say(http, done.put.Value is { } before ? new DeskShell.Notice(what, ShowRedirects.Page, Fields(before)) : new DeskShell.Notice(what, $"{ShowRedirects.Page}delete/", [KeyValuePair.Create("id", done.Item2.ToString(CultureInfo.InvariantCulture))]));
        return TypedResults.Redirect(ShowRedirects.Page);
    }

    /// <summary>What the rule does now, or waits for, and what it took the place of.</summary>
    private async Task<string> WordsAsync(HttpContext http, RedirectRule rule, Redirection? before)
    {
        var ct = http.RequestAborted;
        var path = rule.From.Split('?')[0];
        // The front page leads on what WordPress's plain addresses ask for, where it is not here.
        var waits = !rule.IsPrefix && path != "/" && await addresses.IsTakenAsync(http, path, ct);
        var words = waits ? $"The rule is kept, but something stands at {path}: it works only once nothing stands there."
            : rule.Kind == RedirectKind.Gone ? $"{rule.From} is gone for good: readers and search engines are told so." : $"{rule.From} leads to {rule.To} now.";
        if (before is not null) words += $" It takes the place of the rule by which it {(before.Kind == RedirectKind.Gone ? "was gone" : $"led to {before.Target}")}.";
        if (rule.Kind != RedirectKind.Gone && !rule.To.EndsWith("/*", StringComparison.Ordinal) && (await addresses.MissingAsync(http, [rule.To], ct)).Count > 0) words += $" Nothing stands at {rule.To}: who is sent there is told that the page is missing.";
        return words;
    }

    private async Task<IResult> DeleteAsync(HttpContext http)
    {
        var id = DiscussionFinder.Id((await http.Request.ReadFormAsync(http.RequestAborted))["id"]) ?? 0;
        var by = CurrentPerson.Of(http)!.Id;
        var gone = await writes.RunAsync(async (scope, ct) =>
        {
            var deleted = await RedirectLedger.DeleteAsync(scope, id, ct);
            if (deleted is not null) AuditLedger.Note(scope, by, "redirects", $"The rule for {deleted.Source} was deleted.");
            return deleted;
        }, http.RequestAborted);
        notices.Say(http, gone is null ? new DeskShell.Notice("This rule was deleted already.") : new DeskShell.Notice($"The rule for {gone.Source} is deleted.", ShowRedirects.Page, Fields(gone)));
        return TypedResults.Redirect(ShowRedirects.Page);
    }

    private async Task<IResult> ForgetAsync(HttpContext http)
    {
        var path = (await http.Request.ReadFormAsync(http.RequestAborted))["path"].ToString();
        await writes.RunAsync((scope, ct) => RedirectLedger.ForgetMissedAsync(scope, path, ct), http.RequestAborted);
        notices.Say(http, new DeskShell.Notice("Forgotten. It comes back when readers ask for it again."));
        return TypedResults.Redirect(ShowRedirects.Page);
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Fields(Redirection rule) =>
        [KeyValuePair.Create("from", rule.Source), KeyValuePair.Create("to", rule.Target), KeyValuePair.Create("kind", rule.Kind.ToString())];
}
