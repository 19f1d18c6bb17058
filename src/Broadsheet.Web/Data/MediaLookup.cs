using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>The publication's media for the renderer, looked up as it asks: an editor's save names a handful.</summary>
internal sealed class MediaLookup(BroadsheetDb db, long articleId) : IMediaSource
{
    private IReadOnlyList<MediaFacts>? _attached;
    private string? _source;

    public IReadOnlyList<MediaFacts> Attached => _attached ??= articleId == 0 ? [] : [.. Facts(db.Articles.Where(a => a.ParentId == articleId && a.Kind == ArticleKind.Attachment))];

    /// <summary>An imported body names media by the ids of where it came from.</summary>
    public MediaFacts? ById(long id) => ByOwnId(OwnOf(id));

    /// <summary>By the id here.</summary>
    public MediaFacts? ByOwnId(long id) => Facts(db.Articles.Where(a => a.Id == id)).FirstOrDefault();

    public MediaFacts? ByPath(string path)
    {
        var names = MediaPath.Originals(path).ToList();
        var found = db.Media.Where(m => names.Contains(m.Path)).Select(m => new { m.ArticleId, m.Path }).ToList();
        return found.MinBy(m => names.IndexOf(m.Path)) is { } best ? ByOwnId(best.ArticleId) : null;
    }

    private long OwnOf(long id)
    {
        if (articleId == 0) return id;
        _source ??= db.MappedIds.Where(m => m.Kind == MappedKind.Article && m.NewId == articleId).Select(m => m.Source).FirstOrDefault() ?? "";
        if (_source.Length == 0) return id;
        return db.MappedIds.Where(m => m.Kind == MappedKind.Article && m.Source == _source && m.OldId == id).Select(m => (long?)m.NewId).FirstOrDefault() ?? id;
    }

    private IQueryable<MediaFacts> Facts(IQueryable<Article> attachments) => attachments.OrderBy(a => a.MenuOrder).ThenBy(a => a.Id)
        .Join(db.Media, a => a.Id, m => m.ArticleId, (a, m) => new MediaFacts(a.Id, m.Path, m.Bytes != null, m.Alt, m.Caption, a.TitleText, m.MimeType, m.Width, m.Height, m.Moves == true));
}
