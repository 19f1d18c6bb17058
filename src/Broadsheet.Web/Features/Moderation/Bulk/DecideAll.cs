using System.Globalization;
using System.Text.Json.Serialization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation.Bulk;

/// <summary>One decision on everything that a search finds in a queue: asked for, watched, stopped, taken back.</summary>
internal sealed class DecideAll(IDatabaseEngine engine, Writes writes, PublicationStore publications, DeskPages pages, Notices notices)
{
    /// <summary>In place of a queue: the checks decide.</summary>
    public const string Again = "again";

    public const string Runs = $"{QueueNames.Page}runs/";

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/all/", (HttpContext http, DecideAll action) => action.AskAsync(http));
        room.MapPost("/all/", (HttpContext http, DecideAll action) => action.StartAsync(http));
        room.MapGet("/runs/{id:long}/", (HttpContext http, long id, DecideAll action) => action.ShowAsync(http, id));
        room.MapPost("/runs/{id:long}/stop/", (HttpContext http, long id, DecideAll action) => action.StopAsync(http, id));
        room.MapPost("/runs/{id:long}/undo/", (HttpContext http, long id, DecideAll action) => action.UndoAsync(http, id));
    }

    private async Task<IResult> AskAsync(HttpContext http)
    {
        if (Wish(http.Request.Query["show"], http.Request.Query["to"]) is not var (from, to, screens)) return await NonsenseAsync(http);
        var search = QueueSearch.Parse(http.Request.Query["q"]);
        await using var db = engine.Open();
        var count = await search.In(BulkLedger.Of(db, from)).CountAsync(http.RequestAborted);
        return await pages.ShowAsync<DecideAllPage>(http, new DecideAllPage.Content(QueueNames.Of(from), screens ? Again : QueueNames.Of(to), search.Text, count));
    }

    private async Task<IResult> StartAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (Wish(form["show"], form["to"]) is not var (from, to, screens)) return await NonsenseAsync(http);
        var run = new BulkRun { PersonId = CurrentPerson.Of(http)!.Id, From = from, To = to, Screens = screens, Search = QueueSearch.Parse(form["q"]).Text };
        await writes.RunAsync((scope, ct) => BulkLedger.StartAsync(scope, run, QueueSearch.Parse(run.Search).In, ct), http.RequestAborted);
        return TypedResults.Redirect(Address(run.Id));
    }

    private async Task<IResult> ShowAsync(HttpContext http, long id)
    {
        await using var db = engine.Open();
        if (await db.BulkRuns.FirstOrDefaultAsync(r => r.Id == id, http.RequestAborted) is not { } run) return await pages.SayAsync(http, StatusCodes.Status404NotFound, "There is no such run", "It may be of another publication, or mistyped.", QueueNames.Page, "Comments");
        if (http.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal)) return TypedResults.Json(new RunState(run.Total, run.Done, run.Changed, run.EndedAt is not null), RunJson.Default.RunState);
        var who = run.PersonId is { } person ? await db.Users.Where(p => p.Id == person).Select(p => p.DisplayName).FirstOrDefaultAsync(http.RequestAborted) : null;
        var undoneBy = await db.BulkRuns.Where(r => r.Undoes == id).Select(r => (long?)r.Id).FirstOrDefaultAsync(http.RequestAborted);
        var publication = await publications.GetAsync(http.RequestAborted);
        return await pages.ShowAsync<RunPage>(http, new RunPage.Content
        {
            Id = id,
            What = run.Undoes is null ? What(run) : "Taking back an earlier decision on many comments.",
            By = $"{who ?? "somebody who is gone"}, {DeskTime.Of(publication, run.StartedAt)}",
            Total = run.Total,
            Done = run.Done,
            Changed = run.Changed,
            HasEnded = run.EndedAt is not null,
            IsStopped = run.IsStopped,
            MayUndo = run.EndedAt is not null && run.Changed > 0 && undoneBy is null && run.Undoes is null,
            UndoneBy = undoneBy is { } undo ? Address(undo) : null,
            Undoes = run.Undoes is { } undone ? Address(undone) : null,
            Queue = QueueNames.Of(run.From),
        });
    }

    private async Task<IResult> StopAsync(HttpContext http, long id)
    {
        await writes.RunAsync((scope, ct) => BulkLedger.StopAsync(scope, id, ct), http.RequestAborted);
        return TypedResults.Redirect(Address(id));
    }

    private async Task<IResult> UndoAsync(HttpContext http, long id)
    {
        var undo = await writes.RunAsync((scope, ct) => BulkLedger.UndoAsync(scope, id, CurrentPerson.Of(http)!.Id, ct), http.RequestAborted);
        if (undo is null) notices.Say(http, new DeskShell.Notice("There is nothing to take back: it goes on still, or was taken back already."));
        return TypedResults.Redirect(Address(undo ?? id));
    }

    private Task<IResult> NonsenseAsync(HttpContext http) => pages.SayAsync(http, StatusCodes.Status404NotFound, "There is no such decision", "Held comments, spam, the trash and what is shown can be decided on as a whole; choose that below a queue.", QueueNames.Page, "Comments");

    public static string Address(long run) => string.Create(CultureInfo.InvariantCulture, $"{Runs}{run}/");

    public static string What(BulkRun run) => $"Everything in “{QueueNames.Of(run.From)}”{(run.Search.Length > 0 ? $" that matches “{run.Search}”" : "")} → {(run.Screens ? "the checks look again" : QueueNames.Of(run.To))}.";

    private static (Standing From, Standing To, bool Screens)? Wish(string? show, string? to) => QueueNames.Parse(show) is not { } from ? null
        : to == Again && from != Standing.Shown ? (from, from, true)
        : QueueNames.Parse(to) is { } wished && from != wished ? (from, wished, false) : null;
}

internal sealed record RunState(int Total, int Done, int Changed, bool Ended);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunState))]
internal sealed partial class RunJson : JsonSerializerContext;
