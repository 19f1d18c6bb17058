using System.Text.Json;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>Writes an item: at once with its few comments, or hidden until its many are there.</summary>
/// <param name="comments">Null where they follow in steps of their own.</param>
internal sealed class WriteItem(ItemPlan plan, PreparedItem item, PreparedComments? comments, ImportedIds ids, TermImport terms) : IImportStep
{
    public async Task<bool> WriteAsync(WriteScope scope, ImportProgress progress, CancellationToken ct)
    {
        var (db, isWhole) = (scope.Db, comments is not null);
        var article = await ArticleAsync(scope, ct);
        article.Date(isWhole ? item.Status : ArticleStatus.Draft, item.At, item.Local);
        article.Touch(item.ModifiedAt);
        article.Counters.LastNumber = plan.Thread.NewTops;
        if (comments is not null) Count(article.Counters, comments.Rows);
        db.Articles.Add(article);
        await scope.FlushAsync(ct);
        if (item.Media is { } media)
        {
            media.File(article.TitleText, item.Local);
            db.Media.Add(media);
        }
        MediaUseLedger.Add(scope, plan.Id, item.Text.Media);
        db.OldAddresses.AddRange(item.OldAddresses);
        db.Meta.AddRange(item.Meta);
        if (!isWhole) db.Meta.Add(new Meta { Owner = MetaOwner.Article, OwnerId = plan.Id, Key = ThreadMark.Key, Value = JsonSerializer.Serialize(plan.Mark!, ThreadMarkJson.Default.ThreadMark) });
        if (!ids.IsMappedArticle(plan.OldId)) db.MappedIds.Add(new MappedId { Kind = MappedKind.Article, Source = ids.Source, OldId = plan.OldId, NewId = plan.Id });
        foreach (var term in await terms.OfItemAsync(scope, item.Terms, progress, ct)) db.ArticleTerms.Add(new ArticleTerm(plan.Id, term));
        await scope.FlushAsync(ct);
        Note(progress);
        if (comments is null)
        {
            progress.Reach(item.Item.Ordinal, 0);
            return true;
        }
        await WriteComments.InsertAsync(scope, comments, progress, ct);
        await ImportLedger.StandAsync(scope, plan.Id, item.Status, ct);
        progress.Finish(item.Item.Ordinal);
        return true;
    }

    private async Task<Article> ArticleAsync(WriteScope scope, CancellationToken ct)
    {
        var article = Article.Create(item.Kind, ArticleStatus.Draft, item.ModifiedAt, AuthorId(), item.Kind == ArticleKind.Other ? item.Item.PostType : null, plan.Id);
        article.Write(item.Text, item.ModifiedAt);
        article.Attribute(item.Credit);
        article.Identify(item.Guid);
        var slug = await ImportLedger.FreeSlugAsync(scope.Db, item.Kind, item.Slug, item.Local, item.ParentId, ct);
        article.Place(slug, item.Kind switch { ArticleKind.Page => slug, ArticleKind.Attachment => item.Path ?? (slug.Length > 0 ? slug : null), _ => null }, item.ParentId, item.Item.MenuOrder);
        article.Discuss(IsOpen(item.Item.CommentStatus, article.CommentsOpen), IsOpen(item.Item.PingStatus, article.PingsOpen));
        article.Present(item.Item.Sticky && item.Kind == ArticleKind.Article, item.FeaturedImageId, item.Item.Password, item.PostFormat);
        return article;
    }

    private long? AuthorId() => ids.Logins.TryGetValue(item.Item.Creator, out var person) ? person : null;

    private void Note(ImportProgress progress)
    {
        progress.Of(item.Item.Kind).Written++;
        if (plan.OldId != plan.Id) progress.MappedIds++;
        if (item.Credit is not null) progress.CreditLines++;
        progress.MissingMedia += item.Missing;
        progress.MissingParents += plan.Thread.MissingParents;
        progress.Circles += plan.Thread.Circles;
    }

    private static bool IsOpen(string status, bool otherwise) => status switch { "open" => true, "" => otherwise, _ => false };

    private static void Count(ThreadCounters counters, List<Comment> rows)
    {
        counters.CommentsShown = rows.Count(WriteComments.IsShown);
        counters.CommentsTopLevel = rows.Count(r => WriteComments.IsShown(r) && r.Reply == 0);
        counters.PingsShown = rows.Count(WriteComments.IsShownPing);
    }
}

/// <summary>Writes the next comments of an item that is there.</summary>
internal sealed class WriteComments(ItemPlan plan, long ordinal, PreparedComments comments) : IImportStep
{
    public async Task<bool> WriteAsync(WriteScope scope, ImportProgress progress, CancellationToken ct)
    {
        // Readers see those under an article that was whole before.
        var isHidden = plan.Mark?.IsHidden == true;
        await InsertAsync(scope, comments, progress, ct);
        var rows = comments.Rows;
        await ImportLedger.CountAsync(scope, plan.Id, rows.Count(IsShown), rows.Count(r => IsShown(r) && r.Reply == 0), rows.Count(IsShownPing), ct);
        await ImportLedger.CountRepliesAsync(scope, comments.RepliesToKnown, ct);
        if (!isHidden && rows.Count > 0) scope.Evict(CacheTags.Article(plan.Id));
        progress.Reach(ordinal, comments.Through);
        return true;
    }

    public static bool IsShown(Comment c) => c is { Standing: Standing.Shown, Kind: CommentKind.Comment };

    public static bool IsShownPing(Comment c) => c is { Standing: Standing.Shown, Kind: CommentKind.Pingback or CommentKind.Trackback };

    public static async Task InsertAsync(WriteScope scope, PreparedComments comments, ImportProgress progress, CancellationToken ct)
    {
        await scope.InsertManyAsync(comments.Rows, ct);
        QueueLedger.Count(scope, comments.Rows);
        await scope.InsertManyAsync(comments.Meta, ct);
        // The search looks away from an article that readers do not see yet.
        await scope.InsertManyAsync(comments.Words, ct);
        progress.Comments.Written += comments.Rows.Count;
        progress.Comments.Present += comments.Present;
        progress.Comments.Skipped += comments.Skipped;
        progress.MappedIds += comments.Rows.Count(c => c.ImportedId is not null);
    }
}
