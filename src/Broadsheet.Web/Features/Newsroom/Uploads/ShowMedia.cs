using System.Globalization;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>The publication's files: bring new ones in, describe them, take the words that show them.</summary>
internal sealed class ShowMedia(IDatabaseEngine engine, Writes writes, PublicationStore publications, DeskPages pages, Notices notices, AddUpload uploads)
{
    private const int PageSize = 40;

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/", (HttpContext http, ShowMedia action) => action.ListAsync(http, []));
        room.MapPost("/", (HttpContext http, ShowMedia action) => action.UploadAsync(http));
        room.MapGet("/{id:long}/", (HttpContext http, long id, ShowMedia action) => action.ShowAsync(http, id));
        room.MapPost("/{id:long}/", (HttpContext http, long id, ShowMedia action) => action.DescribeAsync(http, id));
    }

    private async Task<IResult> ListAsync(HttpContext http, IReadOnlyList<string> problems)
    {
        var ct = http.RequestAborted;
        var before = long.TryParse(http.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : long.MaxValue;
        await using var db = engine.Open();
        var rows = await db.Media.Where(m => m.ArticleId < before).OrderByDescending(m => m.ArticleId).Take(PageSize + 1).Join(db.Articles, m => m.ArticleId, a => a.Id, (m, a) => new { Media = m, a.TitleText }).ToListAsync(ct);
        return await pages.ShowAsync<MediaPage>(http, new MediaPage.Content(
            [.. rows.Take(PageSize).Select(r => new MediaPage.Row(r.Media.ArticleId, r.TitleText.Length > 0 ? r.TitleText : Path.GetFileName(r.Media.Path), MediaSnippet.Thumbnail(r.Media), r.Media.MimeType.Split('/')[^1].ToUpperInvariant(), r.Media.IsPresent, r.Media.Alt.Length > 0 || !r.Media.MimeType.StartsWith("image/", StringComparison.Ordinal)))],
            rows.Count > PageSize ? string.Create(CultureInfo.InvariantCulture, $"/newsroom/media/?before={rows[PageSize - 1].Media.ArticleId}") : null, before != long.MaxValue, problems),
            problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private async Task<IResult> UploadAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var person = CurrentPerson.Of(http)!;
        var (added, problems) = (new List<long>(), new List<string>());
        foreach (var file in form.Files.GetFiles("file").Where(f => f.FileName.Length > 0))
        {
            var outcome = await uploads.AddAsync(file, Alt(form), person, ct);
            if (outcome.Problem is { } problem) problems.Add(problem.Message);
            else added.Add(outcome.Value);
        }
        if (added.Count == 0 && problems.Count == 0) problems.Add("Choose a file first.");
        if (UploadAnswer.IsAskedFor(http.Request)) return problems.Count > 0 ? UploadAnswer.Of(string.Join(' ', problems)) : await AnswerAsync(added[0], ct);
        if (problems.Count > 0)
        {
            if (added.Count > 0) problems.Add(added.Count == 1 ? "The other file is here." : $"The other {added.Count} files are here.");
            return await ListAsync(http, problems);
        }
        notices.Say(http, new DeskShell.Notice(added.Count == 1 ? "The file is here." : $"{added.Count} files are here."));
        return TypedResults.Redirect(added.Count == 1 ? string.Create(CultureInfo.InvariantCulture, $"/newsroom/media/{added[0]}/") : "/newsroom/media/");
    }

    private async Task<IResult> AnswerAsync(long id, CancellationToken ct)
    {
        await using var db = engine.Open();
        var media = await db.Media.SingleAsync(m => m.ArticleId == id, ct);
        return UploadAnswer.Of(media.Path, media.Alt);
    }

    private async Task<IResult> ShowAsync(HttpContext http, long id)
    {
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        var row = await db.Media.Where(m => m.ArticleId == id).Join(db.Articles, m => m.ArticleId, a => a.Id, (m, a) => new { Media = m, a.Title, a.TitleText, a.AuthorId, a.PublishedAt }).FirstOrDefaultAsync(ct);
        if (row is null) return await EditArticle.GoneAsync(pages, http);
        var (media, publication) = (row.Media, await publications.GetAsync(ct));
        return await pages.ShowAsync<MediumPage>(http, new MediumPage.Content(
            id, row.TitleText.Length > 0 ? row.TitleText : Path.GetFileName(media.Path), row.Title, media.Path, media.MimeType, media.Alt, media.Caption, media.IsPresent, media is { Width: { } w, Height: { } h } ? $"{w} × {h}" : null,
            media.Bytes is { } bytes ? $"{bytes / 1024.0:#,0} KB" : null, row.PublishedAt is { } at ? DeskTime.Of(publication, at) : "", MediaSnippet.Of(media, row.TitleText, BodyFormat.Markdown), MediaSnippet.Of(media, row.TitleText, BodyFormat.Html), MayDescribe(http, row.AuthorId)));
    }

    private async Task<IResult> DescribeAsync(HttpContext http, long id)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        await using (var db = engine.Open())
        {
            var owner = await db.Articles.Where(a => a.Id == id && a.Kind == ArticleKind.Attachment).Select(a => new { a.AuthorId }).FirstOrDefaultAsync(ct);
            if (owner is not null && !MayDescribe(http, owner.AuthorId)) return await pages.SayAsync(http, StatusCodes.Status403Forbidden, "This is not yours to change", "Its uploader or an editor can.", "/newsroom/media/", "All media");
        }
        var (title, caption) = (form["title"].ToString().ReplaceLineEndings(" ").Trim(), Sanitiser.CleanInline(form["caption"].ToString().Trim()));
        if (title.Length > Article.MaxTitleLength) title = title[..Article.MaxTitleLength];
        if (!await writes.RunAsync((scope, token) => MediaLedger.DescribeAsync(scope, id, title, Alt(form), caption, token), ct)) return await EditArticle.GoneAsync(pages, http);
        notices.Say(http, new DeskShell.Notice("Saved."));
        return TypedResults.Redirect(string.Create(CultureInfo.InvariantCulture, $"/newsroom/media/{id}/"));
    }

    private static bool MayDescribe(HttpContext http, long? owner) => CurrentPerson.Of(http) is { } person && (person.Role.May(Permission.EditAny) || owner == person.Id);

    private static string Alt(IFormCollection form) => form["alt"].ToString().ReplaceLineEndings(" ").Trim() is var alt && alt.Length > AddUpload.MaxAltLength ? alt[..AddUpload.MaxAltLength] : alt;
}
