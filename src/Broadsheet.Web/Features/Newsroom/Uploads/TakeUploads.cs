using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>Files in one form: of a page without script, or one at a time from the editor and the library.</summary>
internal sealed class TakeUploads(IDatabaseEngine engine, ListMedia list, Notices notices, AddUpload uploads)
{
    public static void Map(RouteGroupBuilder room) => room.MapPost("/", (HttpContext http, TakeUploads action) => action.HandleAsync(http));

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var person = CurrentPerson.Of(http)!;
        var (added, problems) = (new List<long>(), new List<string>());
        foreach (var file in form.Files.GetFiles("file").Where(f => f.FileName.Length > 0))
        {
            var outcome = await uploads.AddAsync(SentFile.Of(file), AddUpload.MaxBytes, AddUpload.CutAlt(form["alt"].ToString()), person, ct);
            if (outcome.Problem is { } problem) problems.Add(problem.Message);
            else added.Add(outcome.Value);
        }
        if (added.Count == 0 && problems.Count == 0) problems.Add("Choose a file first.");
        if (UploadAnswer.IsAskedFor(http.Request)) return problems.Count > 0 ? UploadAnswer.Of(string.Join(' ', problems)) : await AnswerAsync(added[0], ct);
        if (problems.Count > 0)
        {
            if (added.Count > 0) problems.Add(added.Count == 1 ? "The other file is here." : $"The other {added.Count} files are here.");
            return await list.ShowAsync(http, problems);
        }
        notices.Say(http, new DeskShell.Notice(added.Count == 1 ? "The file is here." : $"{added.Count} files are here."));
        return TypedResults.Redirect(added.Count == 1 ? string.Create(CultureInfo.InvariantCulture, $"/newsroom/media/{added[0]}/") : MediaFilter.Address);
    }

    private async Task<IResult> AnswerAsync(long id, CancellationToken ct)
    {
        await using var db = engine.Open();
        var media = await db.Media.SingleAsync(m => m.ArticleId == id, ct);
        return UploadAnswer.Of(id, media.Path, media.Alt);
    }
}
