using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Screening;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>What a reply form stands at: empty, or with what its writer gave.</summary>
/// <param name="ReplyTo">The comment that is answered; null for a new thread.</param>
/// <param name="IsReadersOwn">It shows something of one reader: the page is not for sharing.</param>
/// <param name="Preview">The words as they will look; null where nobody asked.</param>
internal sealed record ReplyFormState(string Comment, string Author, string Email, string Url, bool Remember, CommentRow? ReplyTo, Core.Problem? Problem, string? SignedInAs, bool IsReadersOwn, SafeHtml? Preview = null)
{
    /// <summary>The boxes that its writer has ticked.</summary>
    public FollowChoicesView Follow { get; init; } = FollowChoices.None;

    /// <summary>Its writer was asked to think again.</summary>
    public bool IsNudged { get; init; }
}

/// <summary>Makes a part of a thread for templates.</summary>
internal sealed class ThreadViews(ReplyTokens tokens, GuestCookies guests, ModerationHashes hashes, ReaderMarksReader readers, KeptReplies kept, ShownComments shown, WaysIn ways, OutsideScreening outside, TimeProvider clock)
{
    /// <summary>Fewer comments than this are read, not searched.</summary>
    private const int WorthSearching = 10;

    private static readonly WorkCheck Work = new();

    private static readonly (ThreadOrder Order, string Text)[] Orders =
        [(ThreadOrder.Oldest, "Oldest"), (ThreadOrder.Newest, "Newest"), (ThreadOrder.Liked, "Most liked"), (ThreadOrder.Replied, "Most replied")];

    /// <summary>The form as this reader should find it: without script, with their own details, and with the words that they left here to sign in.</summary>
    public async Task<ReplyFormState> FormAsync(HttpContext http, BroadsheetDb db, long articleId, CancellationToken ct)
    {
        var words = await kept.ReadAsync(http, db, articleId, ct);
        var guest = guests.Read(http);
        var person = CurrentPerson.Of(http);
        return new ReplyFormState(words?.Words ?? "", guest?.Name ?? "", guest?.Email ?? "", guest?.Url ?? "", guest is not null, null, null, person?.Name, guest is not null || person is not null || IsPreview(http) || Caching.PageKeys.IsSomebodys(http.Request)) { Follow = words is null ? FollowChoices.None : new FollowChoicesView(words.Replies, words.Thread, words.Articles) };
    }

    /// <param name="form">An empty one takes the comment to answer from <c>?replytocom</c>, which works without script.</param>
    /// <returns>Null where the thread has no such part.</returns>
    public async Task<ThreadView?> ShowAsync(PageRequest request, ArticleRow row, ThreadPart part, ReplyFormState form, CancellationToken ct)
    {
        var site = request.Site;
        if (part.IsBeyond) return null;
        var now = clock.GetUtcNow();
        long? asked = form.Problem is null && form.Preview is null && long.TryParse(request.Http.Request.Query["replytocom"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        var extras = new ThreadExtras(part.IsFirst && row.PingsShown > 0, part.IsFirst && row.Featured > 0, asked);
        var thread = row.LastNumber > 0 || row.PingsShown > 0 ? await request.Db.ThreadPageAsync(row.Id, part, extras, ct) : ThreadPage.Empty;
        if (part.Branch is not null && thread.Comments.Count == 0) return null;
        if (thread.ReplyTo is not null) form = form with { ReplyTo = thread.ReplyTo };
        var marks = form.IsReadersOwn ? await readers.OfAsync(request.Http, request.Db, row.Id, ct) : ReaderMarks.None;
        var url = site.Links.To(row);
        var door = DiscussionDoor.Of(site.Publication, row, now);
        var refusal = door.Refuses(CurrentPerson.Of(request.Http));
        var makes = new ThreadComments(shown, new CommentGround(site, url, row.AuthorId, refusal is null), marks, form.IsReadersOwn && CurrentPerson.Of(request.Http)?.May(Permission.Moderate, site.Publication) == true, now);
        var comments = makes.Views(thread.Comments, part);
        comments.AddRange((await UnseenAsync(request, row, marks, ct)).Select(makes.Own));
        var isEmpty = row.LastNumber == 0 && row.PingsShown == 0;
        var closedNote = refusal is null || (isEmpty && row.Kind != ArticleKind.Article) ? null : refusal;
        return new ThreadView(
            row.Id, row.CommentsShown, PageViews.CommentsLabel(row.CommentsShown), LikeWords.OfArticle(row.Likes), $"/discussion/likes/?post={row.Id}", marks.LikesArticle, site.Publication.GuestLikes, comments, thread.Featured.ConvertAll(makes.Featured),
            thread.Pings.ConvertAll(makes.Ping), OrderLinks(site, row, url, part), Branch(site, url, part, thread), Pager(site, url, part), Previous(site, url, part, thread), Next(site, url, part, thread),
            row.CommentsShown >= WorthSearching ? "/" : null, refusal is null ? Form(site, row, url, form, marks, CurrentPerson.Of(request.Http)) : null, form.Problem is { } problem && refusal is not null ? problem.Message : closedNote, refusal is null || form.Comment.Length == 0 ? null : form.Comment)
        {
            Announcement = site.Publication.IsAnnouncing(now) ? site.Publication.AnnouncementHtml : null,
            Note = row.Discussion?.Note is { } note ? HouseText.Render(note) : null,
        };
    }

    private FormView Form(ReaderSite site, ArticleRow row, string url, ReplyFormState form, ReaderMarks marks, CurrentPerson? person) => new(
        "/wp-comments-post.php", row.Id, form.ReplyTo?.Id ?? 0, tokens.Make(row.Id, clock.GetUtcNow()), form.Comment, form.Author, form.Email, form.Url, form.Remember,
        site.Publication.NameAndEmailRequired, form.Problem?.Message, form.Problem?.Field, form.ReplyTo is { } to ? $"{to.FullNumber} by {to.AuthorName}" : null, form.ReplyTo is null ? null : $"{url}#respond", form.SignedInAs, form.Preview)
    {
        Follow = form.Follow,
        IsNudged = form.IsNudged,
        Screened = outside.Sentence(site.Publication),
        Guidelines = site.Publication.GuidelinesHtml,
        GuidelinesTitle = site.Publication.GuidelinesTitle,
        WorkUrl = site.Publication.Rules.ModeOf(Work) == CheckMode.Off ? null : $"/wp-json/broadsheet/v1/work?post={row.Id}",
        Address = marks.Address,
        Avatar = person is null ? null : AvatarViews.Of(site, AuthorKeys.OfPerson(site.Publication, person.Id), person.Id, person.Name),
        Via = person is { Way.IsProvider: true } ? person.Way.Label : null,
        Ways = ways.Views,
    };

    private static List<LinkView> OrderLinks(ReaderSite site, ArticleRow row, string url, ThreadPart part) => row.LastNumber < 2 ? []
        : [.. Orders.Select(o => new LinkView(o.Text, $"{site.Links.ToOrder(url, o.Order)}#comments", o.Order == part.Order && part.Branch is null))];

    private static BranchView? Branch(ReaderSite site, string url, ThreadPart part, ThreadPage thread)
    {
        if (part.Branch is not { } top) return null;
        var (low, high) = part.Replies;
        var last = thread.Comments.Find(c => c.Reply == 0)?.LastReply ?? high;
        return new BranchView(string.Create(CultureInfo.InvariantCulture, $"Replies {low:N0} to {Math.Min(high, Math.Max(low, last)):N0} below {top}"), $"{site.Links.ToNumber(url, new CommentNumber(top, 0))}#comments");
    }

    /// <summary>The first, the last, and those around this one. A single one that would be left out stands in its gap's place.</summary>
    private static List<LinkView> Pager(ReaderSite site, string url, ThreadPart part)
    {
        if (part.Order != ThreadOrder.Oldest || part.Branch is not null || part.LastPage == 1) return [];
        var links = new List<LinkView>();
        var before = 0;
        foreach (var page in Enumerable.Range(Math.Max(1, part.Page - 2), 5).Prepend(1).Append(part.LastPage).Where(n => n <= part.LastPage).Distinct())
        {
            if (page - before == 2) links.Add(Link(page - 1));
            links.Add(Link(page) with { IsAfterGap = page - before > 2 });
            before = page;
        }
        return links;

        LinkView Link(int n) => new(n.ToString(CultureInfo.InvariantCulture), $"{site.Links.ToCommentPage(url, n)}#comments", n == part.Page);
    }

    private static LinkView? Previous(ReaderSite site, string url, ThreadPart part, ThreadPage thread)
    {
        if (part.Branch is { } top)
            return part.Stretch == 1 ? null : new LinkView("Earlier replies", part.Stretch == 2 ? $"{site.Links.ToNumber(url, new CommentNumber(top, 0))}#comments" : $"{Links.ToReplies(url, top, part.Stretch - 1)}#comments");
        if (part.Order == ThreadOrder.Oldest) return part.Page == 1 ? null : new LinkView("Earlier comments", $"{site.Links.ToCommentPage(url, part.Page - 1)}#comments");
        // Backwards is where the reader came from; there is always the beginning.
        return part.After is null || thread.Comments.Count == 0 ? null : new LinkView("From the beginning", $"{site.Links.ToOrder(url, part.Order)}#comments");
    }

    private static LinkView? Next(ReaderSite site, string url, ThreadPart part, ThreadPage thread)
    {
        if (part.Branch is { } top)
            return thread.Comments.Find(c => c.Reply == 0) is { } root && root.LastReply > part.Replies.High ? new LinkView("Later replies", $"{Links.ToReplies(url, top, part.Stretch + 1)}#comments") : null;
        if (part.Order == ThreadOrder.Oldest) return part.Page >= part.LastPage ? null : new LinkView("Later comments", $"{site.Links.ToCommentPage(url, part.Page + 1)}#comments");
        return thread.Next is { } next ? new LinkView(part.Order == ThreadOrder.Newest ? "Earlier comments" : "More comments", $"{site.Links.ToOrder(url, part.Order, next)}#comments") : null;
    }

    private static bool IsPreview(HttpContext http) => http.Request.Query.ContainsKey("unapproved");

    /// <summary>What this reader wrote here and others do not see: by the link after posting, or known to be theirs.</summary>
    private async Task<IEnumerable<CommentRow>> UnseenAsync(PageRequest request, ArticleRow row, ReaderMarks marks, CancellationToken ct)
    {
        var own = marks.Own.Where(c => c.Standing != Standing.Shown);
        var query = request.Http.Request.Query;
        if (!long.TryParse(query["unapproved"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) || marks.Own.Any(c => c.Id == id) || !hashes.IsRight(id, query["moderation-hash"])) return own;
        return own.Concat(await request.Db.Comments.Where(c => c.Id == id && c.ArticleId == row.Id && c.Standing == Standing.Held).AsRows().ToListAsync(ct));
    }
}
