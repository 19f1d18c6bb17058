using System.Globalization;
using Broadsheet.Core;
using Broadsheet.Core.Curation;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Curation.Outlets;

/// <summary>Adds an outlet by its site's or its feed's address; changes what is said of one.</summary>
internal sealed class EditOutlet(IDatabaseEngine engine, Writes writes, FindFeed find, PollOutlet poll, ShowOutlets list, SiteIndexStore indexes, PublicationStore publications, DeskPages pages, Notices notices, TimeProvider clock)
{
    public static void Map(RouteGroupBuilder room)
    {
        // Where a form that was refused stands: who opens it again finds the form.
        room.MapGet("/new/", (HttpContext http, ShowOutlets list) => list.ShowAsync(http, "", null));
        room.MapPost("/new/", (HttpContext http, EditOutlet action) => action.AddAsync(http));
        room.MapGet("/{id:long}/", (HttpContext http, long id, EditOutlet action) => action.OpenAsync(http, id));
        room.MapPost("/{id:long}/", (HttpContext http, long id, EditOutlet action) => action.SaveAsync(http, id));
    }

    private async Task<IResult> AddAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var (address, by) = ((await http.Request.ReadFormAsync(ct))["feed"].ToString().Trim(), CurrentPerson.Of(http)!.Id);
        var found = await find.FindAsync(address, ct);
        if (found.Problem is { } missing) return await list.ShowAsync(http, address, missing.Message);
        var (feed, at) = (found.Value.Feed, found.Value.Address);
        var name = feed.Title.Length is > 0 and <= Outlet.MaxNameLength ? feed.Title : new Uri(at).Host;
        var added = await writes.RunAsync((scope, token) => AddAsync(scope, New(name, at, feed.Site?.AbsoluteUri, feed.Language), by, token), ct);
        if (added.Problem is { } known) return await list.ShowAsync(http, address, known.Message);
        var polled = await poll.RunAsync(added.Value, evenEarly: true, ct);
        notices.Say(http, new DeskShell.Notice($"{name} is added, and {Count(polled?.New ?? 0)} came in. Say what it lets others show: until then, only a link."));
        return TypedResults.Redirect($"{ShowOutlets.Page}{added.Value.ToString(CultureInfo.InvariantCulture)}/");
    }

    private static async Task<Outcome<long>> AddAsync(WriteScope scope, OutletEdit edit, long by, CancellationToken ct)
    {
        var added = await OutletLedger.AddAsync(scope, edit, ct);
        if (added.Problem is null) AuditLedger.Note(scope, by, "outlets", $"“{edit.Name}” was added: {edit.FeedUrl}");
        return added;
    }

    private static async Task<Problem?> ChangeAsync(WriteScope scope, Outlet before, OutletEdit edit, long by, CancellationToken ct)
    {
        if (await OutletLedger.ChangeAsync(scope, before.Id, edit, ct) is { } problem) return problem;
        var was = before.TermsOf();
        AuditLedger.NoteChanges(scope, by, "outlets",
        [
            ($"name of “{before.Name}”", before.Name, edit.Name), ($"feed of “{before.Name}”", before.FeedUrl, edit.FeedUrl), ($"credit of “{before.Name}”", before.CreditFormat, edit.CreditFormat),
            ($"terms of “{before.Name}”", Terms(was), Terms(edit.Terms)),
        ]);
        return null;

        static string Terms(TermsOfOutlet terms) => string.Create(CultureInfo.InvariantCulture, $"{terms.Kind.ToString().ToLowerInvariant()}{(terms.Words > 0 ? $", {terms.Words} words" : "")}");
    }

    /// <summary>An outlet of which nobody has said anything yet.</summary>
    public static OutletEdit New(string name, string feed, string? site, string? language) =>
        new(name, feed, site, TermsOfOutlet.Create(RepublishingTerms.Unknown).Value, "", Canonical: true, [], language, null, ChecksOriginals: true);

    private static string Count(int stories) => stories == 1 ? "one story" : $"{stories.ToString("N0", CultureInfo.InvariantCulture)} stories";

    private async Task<IResult> OpenAsync(HttpContext http, long id)
    {
        await using var db = engine.Open();
        return await OutletLedger.Kept(db).FirstOrDefaultAsync(o => o.Id == id, http.RequestAborted) is { } outlet ? await ShowAsync(http, outlet, OutletForm.Of(outlet), []) : await GoneAsync(http);
    }

    private async Task<IResult> SaveAsync(HttpContext http, long id)
    {
        var ct = http.RequestAborted;
        var form = OutletForm.Read(await http.Request.ReadFormAsync(ct));
        await using var db = engine.Open();
        if (await OutletLedger.Kept(db).FirstOrDefaultAsync(o => o.Id == id, ct) is not { } outlet) return await GoneAsync(http);
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var index = await indexes.GetAsync(ct);
        var edit = OutletForm.ToEdit(form, index, problems);
        if (edit is not null && await writes.RunAsync((scope, token) => ChangeAsync(scope, outlet, edit, CurrentPerson.Of(http)!.Id, token), ct) is { } problem) problems[problem.Field] = problem.Message;
        if (problems.Count > 0) return await ShowAsync(http, outlet, form, problems);
        notices.Say(http, new DeskShell.Notice("Saved."));
        return TypedResults.Redirect($"{ShowOutlets.Page}{id.ToString(CultureInfo.InvariantCulture)}/");
    }

    private async Task<IResult> ShowAsync(HttpContext http, Outlet outlet, OutletPage.Form form, Dictionary<string, string> problems)
    {
        var publication = await publications.GetAsync(http.RequestAborted);
        var index = await indexes.GetAsync(http.RequestAborted);
        return await pages.ShowAsync<OutletPage>(http, new OutletPage.Content
        {
            Id = outlet.Id,
            Name = outlet.Name,
            Words = form,
            Problems = problems,
            Categories = [.. index.Categories.Values.OrderBy(c => c.Path, StringComparer.Ordinal).Select(c => new OutletPage.Category(c.Id, c.Name, c.Path.Count(s => s == '/')))],
            Health = ShowOutlets.HealthOf(outlet),
            Facts = ShowOutlets.Facts(outlet, publication, clock.GetUtcNow()),
            Hub = outlet.HubUrl,
            Example = CreditFormat.Fill(CreditFormat.Create(form.CreditFormat) is { Problem: null, Value: var format } ? format : "", outlet.Name, "A. Writer", "February 20, 2020"),
        }, problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private Task<IResult> GoneAsync(HttpContext http) => pages.SayAsync(http, StatusCodes.Status404NotFound, "This outlet is not here", "It was deleted, or never was.", ShowOutlets.Page, "All outlets");
}
