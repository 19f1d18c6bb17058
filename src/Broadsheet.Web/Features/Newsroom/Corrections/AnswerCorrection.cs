using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Corrections;

/// <summary>The article was mended, or stays as it is; whoever asked may be told in a few words. Both can be taken back.</summary>
internal sealed class AnswerCorrection(IDatabaseEngine engine, Writes writes, ShowCorrections list, DeskPages pages, Notices notices)
{
    public static void Map(RouteGroupBuilder room)
    {
        room.MapPost("/{id:long}/", (HttpContext http, long id, AnswerCorrection action) => action.AnswerAsync(http, id));
        room.MapPost("/{id:long}/reopen/", (HttpContext http, long id, AnswerCorrection action) => action.ReopenAsync(http, id));
    }

    private async Task<IResult> AnswerAsync(HttpContext http, long id)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        var form = await http.Request.ReadFormAsync(ct);
        var answer = form.Text("answer").ReplaceLineEndings("\n");
        if (await FindAsync(http, id) is not { } request) return await GoneAsync(http);
        if ((form["what"].ToString() switch { "corrected" => CorrectionState.Corrected, "declined" => CorrectionState.Declined, _ => CorrectionState.Open }) is not (not CorrectionState.Open and var state))
            return await list.ShowAsync(http, new CorrectionsPage.Wish(id, answer, "Choose whether it is corrected, or stays as it is."));
        if (answer.Length > CorrectionLedger.MaxAnswer)
            return await list.ShowAsync(http, new CorrectionsPage.Wish(id, answer, string.Create(CultureInfo.InvariantCulture, $"The answer is too long: {answer.Length:N0} characters; up to {CorrectionLedger.MaxAnswer:N0} fit.")));
        var isNew = await writes.RunAsync((scope, token) => CorrectionLedger.CloseAsync(scope, id, state, answer, person.Id, token), ct);
        var told = answer.Length == 0 ? "" : FollowLedger.IsAddress(request.Email) ? " The answer goes out in a minute." : " Nobody is told: the reader gave no address.";
        notices.Say(http, isNew ? new DeskShell.Notice($"Answered: {(state == CorrectionState.Corrected ? "it is corrected" : "it stays as it is")}.{told}", string.Create(CultureInfo.InvariantCulture, $"{ShowCorrections.Page}{id}/reopen/"))
            : new DeskShell.Notice("Nothing was done: it was answered already."));
        return TypedResults.Redirect(ShowCorrections.Page);
    }

    private async Task<IResult> ReopenAsync(HttpContext http, long id)
    {
        if (await FindAsync(http, id) is null) return await GoneAsync(http);
        if (await writes.RunAsync((scope, token) => CorrectionLedger.ReopenAsync(scope, id, token), http.RequestAborted)) notices.Say(http, new DeskShell.Notice("It waits again."));
        return TypedResults.Redirect(ShowCorrections.Page);
    }

    private async Task<CorrectionRequest?> FindAsync(HttpContext http, long id)
    {
        await using var db = engine.Open();
        return await AskedCorrections.For(db, CurrentPerson.Of(http)!, db.CorrectionRequests.Where(r => r.Id == id)).FirstOrDefaultAsync(http.RequestAborted);
    }

    private Task<IResult> GoneAsync(HttpContext http) => pages.SayAsync(http, StatusCodes.Status404NotFound, "There is no such request", "Its article is gone, or is not yours to change.", ShowCorrections.Page, "Corrections");
}
