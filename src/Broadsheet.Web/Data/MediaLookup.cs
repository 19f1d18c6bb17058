using Broadsheet.Core.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>The publication's media for the renderer, looked up as it asks: an editor's save names a handful.</summary>
internal sealed class MediaLookup(BroadsheetDb db, long articleId) : IMediaSource
{
    private IReadOnlyList<MediaFacts>? _attached;

    public IReadOnlyList<MediaFacts> Attached => _attached ??= articleId == 0 ? [] : [.. Facts(db.Articles.Where(a => a.ParentId == articleId && a.Kind == ArticleKind.Attachment))];

    public MediaFacts? ById(long id) => Facts(db.Articles.Where(a => a.Id == id)).FirstOrDefault();

    public MediaFacts? ByPath(string path)
    {
        var names = MediaPath.Originals(path).ToList();
        var found = db.Media.Where(m => names.Contains(m.Path)).Select(m => new { m.ArticleId, m.Path }).ToList();
        return found.MinBy(m => names.IndexOf(m.Path)) is { } best ? ById(best.ArticleId) : null;
    }

    private IQueryable<MediaFacts> Facts(IQueryable<Article> attachments) => attachments.OrderBy(a => a.MenuOrder).ThenBy(a => a.Id)
        .Join(db.Media, a => a.Id, m => m.ArticleId, (a, m) => new MediaFacts(a.Id, m.Path, m.Bytes != null, m.Alt, m.Caption, a.TitleText, m.MimeType, m.Width, m.Height));
}
