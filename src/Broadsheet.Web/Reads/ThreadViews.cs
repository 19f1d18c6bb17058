using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>What a reply form stands at: empty, or with what its writer gave.</summary>
/// <param name="ReplyTo">The comment that is answered; null for a new thread.</param>
/// <param name="IsReadersOwn">It shows something of one reader: the page is not for sharing.</param>
internal sealed record ReplyFormState(string Comment, string Author, string Email, string Url, bool Remember, CommentRow? ReplyTo, Core.Problem? Problem, string? SignedInAs, bool IsReadersOwn);

/// <summary>Makes a page of a thread for templates.</summary>
internal sealed class ThreadViews(ReplyTokens tokens, GuestCookies guests, ModerationHashes hashes, TimeProvider clock)
{
    /// <summary>The form as this reader should find it: without script, with their own details.</summary>
    public ReplyFormState Form(HttpContext http)
    {
        var guest = guests.Read(http);
        var person = CurrentPerson.Of(http);
        return new ReplyFormState("", guest?.Name ?? "", guest?.Email ?? "", guest?.Url ?? "", guest is not null, null, null, person?.Name, guest is not null || person is not null || IsPreview(http));
    }

    /// <param name="form">An empty one takes the comment to answer from <c>?replytocom</c>, which works without script.</param>
    /// <returns>Null where the thread has no such page.</returns>
    public async Task<ThreadView?> ShowAsync(PageRequest request, ArticleRow row, int page, ReplyFormState form, CancellationToken ct)
    {
        var (site, size) = (request.Site, request.Site.Publication.CommentsPerPage);
        var last = Math.Max(1, (row.LastNumber - 1) / size + 1);
        if (page > last) return null;
        var hasThread = row.LastNumber > 0 || row.PingsShown > 0;
        long? asked = form.Problem is null && long.TryParse(request.Http.Request.Query["replytocom"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        var thread = hasThread ? await request.Db.ThreadPageAsync(row.Id, page, size, withPings: page == 1 && row.PingsShown > 0, asked, ct) : new ThreadPage([], [], null);
        if (thread.ReplyTo is not null) form = form with { ReplyTo = thread.ReplyTo };
        var held = await HeldAsync(request, row, ct);
        var url = site.Links.To(row);
        var comments = Comments(site, row, url, thread.Comments);
        comments.AddRange(held.Select(h => Held(site, h, url)));
        var pings = thread.Pings.ConvertAll(r => Plain(site, r, url));
        var isOpen = row.CommentsOpen && request.Site.Publication.CommentsOpen && !(site.Publication.SignInToComment && form.SignedInAs is null);
        var closedNote = isOpen || (!hasThread && row.Kind != Core.Publishing.ArticleKind.Article) ? null : row.CommentsOpen && site.Publication.SignInToComment ? "Sign in to comment." : "Comments are closed.";
        return new ThreadView(row.CommentsShown, PageViews.CommentsLabel(row.CommentsShown), comments, pings, Pager(site, url, page, last),
            page > 1 ? site.Links.ToCommentPage(url, page - 1) : null, page < last ? site.Links.ToCommentPage(url, page + 1) : null, isOpen ? Form(site, row, url, form) : null, form.Problem is { } problem && !isOpen ? problem.Message : closedNote, isOpen || form.Comment.Length == 0 ? null : form.Comment);
    }

    private FormView Form(ReaderSite site, ArticleRow row, string url, ReplyFormState form) => new(
        "/wp-comments-post.php", row.Id, form.ReplyTo?.Id ?? 0, tokens.Make(row.Id, clock.GetUtcNow()), form.Comment, form.Author, form.Email, form.Url, form.Remember,
        site.Publication.NameAndEmailRequired, form.Problem?.Message, form.Problem?.Field, form.ReplyTo is { } to ? $"{to.FullNumber} by {to.AuthorName}" : null, form.ReplyTo is null ? null : $"{url}#respond", form.SignedInAs);

    private static List<CommentView> Comments(ReaderSite site, ArticleRow row, string url, List<CommentRow> rows)
    {
        var numbers = rows.ToDictionary(r => r.Id);
        var views = new List<CommentView>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var (comment, nextDepth) = (rows[i], i + 1 < rows.Count ? rows[i + 1].Depth : 0);
            // An import may nest deeper than the theme shows, and a removed parent without tombstone may leave a gap: a list opens one level at a time.
            var depth = views.Count == 0 ? 0 : comment.Depth == 0 ? 0 : Math.Min(comment.Depth, views[^1].Level);
            if (views.Count > 0) views[^1] = views[^1] with { Opens = depth == views[^1].Level, Closes = Math.Max(0, views[^1].Level - 1 - depth) };
            var parent = comment.ShownParentId is { } p ? numbers.GetValueOrDefault(p) : null;
            views.Add(View(site, row, comment, url, parent, depth + 1, i));
        }
        if (views.Count > 0) views[^1] = views[^1] with { Opens = false, Closes = views[^1].Level - 1 };
        return views;
    }

    private static CommentView View(ReaderSite site, ArticleRow row, CommentRow c, string url, CommentRow? parent, int level, int position)
    {
        var isTombstone = c.Standing != Standing.Shown;
        var own = site.Links.ToComment(url, c.Id, c.FullNumber);
        var isByAuthor = c.PersonId is not null && c.PersonId == row.AuthorId;
        var canReply = !isTombstone && row.CommentsOpen && site.Publication.CommentsOpen && c.Depth < site.Publication.ThreadDepth - 1;
        var page = own.Split('#')[0];
        var classes = $"comment {(position % 2 == 0 ? "even" : "odd alt")} depth-{level}{(level > 1 ? " parent-reply" : "")}{(c.PersonId is null ? "" : " byuser")}{(isByAuthor ? " bypostauthor" : "")}";
        return new CommentView(c.Id, c.FullNumber!.Value.ToString(), own, level, false, 0, isTombstone ? "" : c.AuthorName, isTombstone || c.AuthorUrl.Length == 0 ? null : c.AuthorUrl, isByAuthor,
            PageViews.Date(site, c.At, c.AtLocal), isTombstone ? SafeHtml.Empty : SafeHtml.FromStore(c.BodyHtml), isTombstone, false,
            canReply ? $"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}replytocom={c.Id}#respond" : null,
            parent?.FullNumber?.ToString(), parent is null ? null : $"#comment-{parent.Id}", parent is null || parent.Standing != Standing.Shown ? null : parent.AuthorName, classes);
    }

    private static CommentView Held(ReaderSite site, CommentRow c, string url) => new(
        c.Id, "", $"{url}#comment-{c.Id}", 1, false, 0, c.AuthorName, null, false, PageViews.Date(site, c.At, c.AtLocal), SafeHtml.FromStore(c.BodyHtml), false, true, null, null, null, null, "comment held");

    private static CommentView Plain(ReaderSite site, CommentRow c, string url) => Held(site, c, url) with { IsHeld = false, AuthorUrl = c.AuthorUrl.Length > 0 ? c.AuthorUrl : null, Classes = c.Kind == CommentKind.Pingback ? "pingback" : "trackback" };

    private static List<LinkView> Pager(ReaderSite site, string url, int page, int last) => last == 1 ? []
        : [.. Enumerable.Range(1, last).Where(n => n == 1 || n == last || Math.Abs(n - page) <= 2).Select(n => new LinkView(n.ToString(CultureInfo.InvariantCulture), $"{site.Links.ToCommentPage(url, n)}#comments", n == page))];

    private static bool IsPreview(HttpContext http) => http.Request.Query.ContainsKey("unapproved");

    /// <summary>The comments that wait and are this reader's own: by the link after posting, or by the browser's own list where the writer agreed to be remembered.</summary>
    private async Task<List<CommentRow>> HeldAsync(PageRequest request, ArticleRow row, CancellationToken ct)
    {
        var ids = guests.OwnComments(request.Http).ToList();
        var query = request.Http.Request.Query;
        if (long.TryParse(query["unapproved"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && hashes.IsRight(id, query["moderation-hash"])) ids.Add(id);
        return ids.Count == 0 ? [] : await request.Db.Comments.Where(c => ids.Contains(c.Id) && c.ArticleId == row.Id && c.Standing == Standing.Held).OrderBy(c => c.Id).AsRows().ToListAsync(ct);
    }
}
