using System.Globalization;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>One file: what it is, where it is used, and its description to mend.</summary>
internal sealed class ShowMedia(IDatabaseEngine engine, Writes writes, ReaderSites sites, DeskPages pages, Notices notices)
{
    /// <summary>More articles than this are only counted.</summary>
    private const int MostUsers = 100;

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/{id:long}/", (HttpContext http, long id, ShowMedia action) => action.ShowAsync(http, id, null));
        room.MapPost("/{id:long}/", (HttpContext http, long id, ShowMedia action) => action.DescribeAsync(http, id));
    }

    /// <param name="problem">What was wrong with a file that should take its place; null for nothing.</param>
    public async Task<IResult> ShowAsync(HttpContext http, long id, string? problem)
    {
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        var row = await db.Media.Where(m => m.ArticleId == id).Join(db.Articles, m => m.ArticleId, a => a.Id, (m, a) => new { Media = m, a.Title, a.TitleText, a.AuthorId, a.PublishedLocal, a.Status }).FirstOrDefaultAsync(ct);
        if (row is null) return await EditArticle.GoneAsync(pages, http);
        var (media, site, author) = (row.Media, await sites.OfAsync(http), row.AuthorId);
        var path = string.Join('/', media.Path.Split('/').Select(Uri.EscapeDataString));
        var since = row.Status == ArticleStatus.Trashed ? await TrashLedger.SinceAsync(db, id, ct) : null;
        return await pages.ShowAsync<MediumPage>(http, new MediumPage.Content
        {
            Id = id,
            Name = row.TitleText.Length > 0 ? row.TitleText : Path.GetFileName(media.Path),
            Title = row.Title,
            Path = path,
            Address = site.Links.Absolute(path),
            MimeType = media.MimeType,
            Alt = media.Alt,
            Caption = media.Caption,
            IsPresent = media.IsPresent,
            Width = media.Width,
            Height = media.Height,
            Weight = media.Bytes is { } bytes ? Weight(bytes) : null,
            By = author is null ? null : await db.Users.Where(p => p.Id == author).Select(p => p.DisplayName).FirstOrDefaultAsync(ct),
            When = row.PublishedLocal is { } at ? DeskTime.Of(at) : "",
            Markdown = MediaSnippet.Of(media, row.TitleText, BodyFormat.Markdown),
            Html = MediaSnippet.Of(media, row.TitleText, BodyFormat.Html),
            MayChange = MayChange(http, author),
            IsTrashed = row.Status == ArticleStatus.Trashed,
            GoneAt = since is { } trashed ? DeskTime.Of(site.Publication, trashed + MediaFileLedger.Kept) : null,
            Users = await UsersAsync(db, id, ct),
            Earlier = [.. (await db.ReplacedFiles.Where(f => f.MediaId == id).OrderByDescending(f => f.Id).ToListAsync(ct)).Select(f => new MediumPage.Replaced(f.Id, DeskTime.Of(site.Publication, f.At), Weight(f.Bytes)))],
            Problem = problem,
        }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <returns>What to answer to someone who may not change it, or where it is not; null: they may.</returns>
    public async Task<IResult?> RefuseAsync(HttpContext http, long id)
    {
        await using var db = engine.Open();
        var owner = await db.Media.Where(m => m.ArticleId == id).Join(db.Articles, m => m.ArticleId, a => a.Id, (m, a) => new { a.AuthorId }).FirstOrDefaultAsync(http.RequestAborted);
        if (owner is null) return await EditArticle.GoneAsync(pages, http);
        return MayChange(http, owner.AuthorId) ? null : await pages.SayAsync(http, StatusCodes.Status403Forbidden, "This is not yours to change", "Its uploader or an editor can.", MediaFilter.Address, "All media");
    }

    private async Task<IResult> DescribeAsync(HttpContext http, long id)
    {
        var ct = http.RequestAborted;
        if (await RefuseAsync(http, id) is { } refused) return refused;
        var form = await http.Request.ReadFormAsync(ct);
        var (title, caption) = (form["title"].ToString().ReplaceLineEndings(" ").Trim(), Sanitiser.CleanInline(form["caption"].ToString().Trim()));
        if (title.Length > Article.MaxTitleLength) title = title[..Article.MaxTitleLength];
        if (!await writes.RunAsync((scope, token) => MediaLedger.DescribeAsync(scope, id, title, AddUpload.CutAlt(form["alt"].ToString()), caption, token), ct)) return await EditArticle.GoneAsync(pages, http);
        notices.Say(http, new DeskShell.Notice("Saved."));
        return TypedResults.Redirect(string.Create(CultureInfo.InvariantCulture, $"{MediaFilter.Address}{id}/"));
    }

    private static async Task<MediumPage.UserList> UsersAsync(BroadsheetDb db, long id, CancellationToken ct)
    {
        var users = db.Articles.Where(a => (a.Kind == ArticleKind.Article || a.Kind == ArticleKind.Page) && MediaUseLedger.UsersOf(db, id).Contains(a.Id));
        var rows = await users.OrderByDescending(a => a.Id).Take(MostUsers).Select(a => new { a.Id, a.Kind, a.TitleText, a.Status, IsFeatured = a.FeaturedImageId == id }).ToListAsync(ct);
        var total = rows.Count < MostUsers ? rows.Count : await users.CountAsync(ct);
        return new MediumPage.UserList([.. rows.Select(a => new MediumPage.User(string.Create(CultureInfo.InvariantCulture, $"{(a.Kind == ArticleKind.Page ? "/newsroom/pages/" : "/newsroom/articles/")}{a.Id}/"), a.TitleText.Length > 0 ? a.TitleText : "Untitled", a.Status, a.IsFeatured))], total);
    }

    private static bool MayChange(HttpContext http, long? owner) => CurrentPerson.Of(http) is { } person && (person.Role.May(Permission.EditAny) || owner == person.Id);

    private static string Weight(long bytes) => bytes < 1 << 20 ? $"{bytes / 1024.0:#,0} KB" : $"{bytes / 1_048_576.0:#,0.0} MB";
}
