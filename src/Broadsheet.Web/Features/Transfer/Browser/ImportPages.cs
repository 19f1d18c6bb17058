using System.Globalization;
using System.Text.Json.Serialization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Transfer.Browser;

/// <summary>Moving in without a command line: bring exports in, see what they hold, let them come in, watch, stop, go on.</summary>
internal sealed class ImportPages(ImportShelf shelf, ImportWorker worker, TakeExports take, IDatabaseEngine engine, Writes writes, PublicationStore publications, DeskPages pages, Notices notices)
{
    public const string Page = "/newsroom/import/";

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/", (HttpContext http, ImportPages action) => action.ListAsync(http, []));
        room.MapPost("/", (HttpContext http, ImportPages action) => action.TakeAsync(http));
        room.MapGet("/{id}/", (HttpContext http, string id, ImportPages action) => action.ShowAsync(http, id));
        room.MapPost("/{id}/start/", (HttpContext http, string id, ImportPages action) => action.TellAsync(http, id, action.StartAsync));
        room.MapPost("/{id}/stop/", (HttpContext http, string id, ImportPages action) => action.TellAsync(http, id, action.StopAsync));
        room.MapPost("/{id}/forget/", (HttpContext http, string id, ImportPages action) => action.TellAsync(http, id, action.ForgetAsync));
    }

    /// <summary>What a disk does not take is said in place of an error page.</summary>
    private async Task<IResult> TellAsync(HttpContext http, string id, Func<HttpContext, string, Task<IResult>> act)
    {
        try
        {
            return await act(http, id);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return await pages.SayAsync(http, StatusCodes.Status507InsufficientStorage, "This was not done", $"The data folder does not take it ({failure.Message.TrimEnd('.')}). Nothing of the import is lost: make room, and try again.", Address(id), "Back to the import");
        }
    }

    private async Task<IResult> ListAsync(HttpContext http, IReadOnlyList<string> problems)
    {
        var publication = await publications.GetAsync(http.RequestAborted);
        return await pages.ShowAsync<ImportsPage>(http, new ImportsPage.Content([.. shelf.All().Select(t => new ImportsPage.Row(Address(t.Id), t.Name, DeskTime.Of(publication, t.At), ImportWords.Of(t)))], problems),
            problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private async Task<IResult> TakeAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var (taken, problems) = await take.TakeAsync(form.Files.GetFiles("file"), CurrentPerson.Of(http)!.Id, ct);
        if (taken.Count > 0) worker.Ring();
        if (problems.Count > 0) return await ListAsync(http, problems);
        if (taken.Count == 0) return await ListAsync(http, ["Choose a file first."]);
        if (taken.Count > 1) notices.Say(http, new DeskShell.Notice($"{taken.Count} exports are here. Look at each, and let it come in."));
        return TypedResults.Redirect(taken.Count == 1 ? Address(taken[0].Id) : Page);
    }

    private async Task<IResult> ShowAsync(HttpContext http, string id)
    {
        var ct = http.RequestAborted;
        if (shelf.Read(id) is not { } ticket) return await GoneAsync(http);
        var now = worker.NowOf(id);
        var percent = now is null ? 0 : (int)(100 * Math.Clamp(now.Done / (double)now.Total, 0, 1));
        if (http.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal)) return TypedResults.Json(new ImportState(percent, now?.What ?? ImportWords.Of(ticket), !ticket.IsAtWork), ImportStateJson.Default.ImportState);
        var publication = await publications.GetAsync(ct);
        await using var db = engine.Open();
        var who = await db.Users.Where(p => p.Id == ticket.ById).Select(p => p.DisplayName).FirstOrDefaultAsync(ct);
        return await pages.ShowAsync<ImportPage>(http, new ImportPage.Content
        {
            Ticket = ticket,
            Address = Address(id),
            By = $"{who ?? "somebody who is gone"}, {DeskTime.Of(publication, ticket.At)}",
            Now = now?.What,
            Percent = percent,
            IsEmptyHere = !await db.Articles.AnyAsync(ct),
            HasMenu = publication.Menu.Count > 0,
        });
    }

    private async Task<IResult> StartAsync(HttpContext http, string id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var person = CurrentPerson.Of(http)!;
        var before = shelf.Read(id);
        var changed = shelf.Change(id, t => !t.IsAtWork && !t.IsForgotten && (t.IsRead || t.Stand is ImportStand.Failed or ImportStand.Stopped), t => Wished(t, form));
        if (before is null) return await GoneAsync(http);
        if (changed is null) notices.Say(http, new DeskShell.Notice("It is at work already, or its file is gone."));
        else
        {
            if (changed.Stand == ImportStand.Waiting) await NoteAsync(person, changed, http.RequestAborted);
            worker.Ring();
        }
        return TypedResults.Redirect(Address(id));
    }

    /// <summary>One that could not be read is looked through again, with forbidden characters replaced if so wished; one that can be, comes in.</summary>
    private static ImportTicket Wished(ImportTicket ticket, IFormCollection form)
    {
        var fresh = ticket with { Problem = null, EndedAt = null };
        return ticket.IsRead ? fresh with { Stand = ImportStand.Waiting, FetchMedia = form.ContainsKey("media"), KeepCreditLines = form.ContainsKey("credits") } : fresh with { Stand = ImportStand.Looking, Repair = form.ContainsKey("repair") };
    }

    private Task NoteAsync(CurrentPerson person, ImportTicket ticket, CancellationToken ct) => writes.RunAsync((scope, _) =>
    {
        AuditLedger.Note(scope, person.Id, "imports", $"“{ticket.Name}” of {ticket.Source} was brought in.");
        return Task.CompletedTask;
    }, ct);

    private async Task<IResult> StopAsync(HttpContext http, string id)
    {
        if (shelf.Read(id) is null) return await GoneAsync(http);
        worker.Stop(id);
        return TypedResults.Redirect(Address(id));
    }

    private async Task<IResult> ForgetAsync(HttpContext http, string id)
    {
        if (shelf.Read(id) is not { } ticket) return await GoneAsync(http);
        if (ticket.IsAtWork) notices.Say(http, new DeskShell.Notice("It is at work: stop it first."));
        else
        {
            shelf.Forget(id);
            notices.Say(http, new DeskShell.Notice("The file is deleted. What came in of it stays."));
        }
        return TypedResults.Redirect(Address(id));
    }

    private Task<IResult> GoneAsync(HttpContext http) => pages.SayAsync(http, StatusCodes.Status404NotFound, "There is no such import", "It may have been brought in on another machine, or the address is mistyped.", Page, "Imports");

    public static string Address(string id) => string.Create(CultureInfo.InvariantCulture, $"{Page}{id}/");
}

/// <summary>How far an import is, for the script that watches.</summary>
/// <param name="Done">Percent.</param>
internal sealed record ImportState(int Done, string Says, bool Ended);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ImportState))]
internal sealed partial class ImportStateJson : JsonSerializerContext;
