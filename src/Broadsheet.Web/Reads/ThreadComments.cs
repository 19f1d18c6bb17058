using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Reads;

/// <summary>Makes the comments of one part of a thread for templates: who hangs under whom, and what may be done with each.</summary>
/// <param name="isModerator">This reader chooses what stands on top.</param>
/// <param name="now">Decides who may still change their words.</param>
internal sealed class ThreadComments(ReaderSite site, ArticleRow article, string url, ReaderMarks marks, bool isOpen, bool isModerator, DateTimeOffset now)
{
    /// <summary>Deeper ones are read as replies to each other, flat, at this level.</summary>
    private const int MaxLevel = 10;

    /// <param name="rows">In reading order: each thread by its paths.</param>
    /// <param name="part">Where the rest of a thread's replies begins.</param>
    public List<CommentView> Views(List<CommentRow> rows, ThreadPart part)
    {
        var byId = rows.ToDictionary(r => r.Id);
        var levels = Levels(rows);
        var views = new List<CommentView>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var next = i + 1 < rows.Count ? levels[i + 1] : 1;
            var view = View(rows[i], levels[i], i, rows[i].ShownParentId is { } parent ? byId.GetValueOrDefault(parent) : null) with { Opens = next > levels[i], Closes = Math.Max(0, levels[i] - next) };
            if (view.Opens) view = view with { Replies = ReplyWords(rows[i].Reply == 0 ? rows[i].RepliesBelow : rows[i].ShownReplies), NextUrl = Past(rows, levels, i) };
            views.Add(view);
        }
        if (part.Branch is null) AddMore(views, rows, part);
        return views;
    }

    public CommentView Featured(CommentRow row) => View(row, 1, 0, null) with { IsFeatured = true };

    /// <summary>A comment of the reader's own that others do not see.</summary>
    public CommentView Own(CommentRow row) => Bare(row) with { IsHeld = true, Note = marks.NoteOn(row), AppealUrl = marks.AppealUrl(row), MayEdit = marks.MayEdit(row.Id, site.Publication.EditMinutes, now), Classes = "comment held" };

    public CommentView Ping(CommentRow row) => Bare(row) with { AuthorUrl = row.AuthorUrl.Length > 0 ? row.AuthorUrl : null, Classes = row.Kind == CommentKind.Pingback ? "pingback" : "trackback" };

    /// <summary>
    /// A comment stands one level below the nearest comment before it that it hangs under, as its path says. What stands between may be
    /// on another page, or gone: a list opens one level at a time.
    /// </summary>
    private static List<int> Levels(List<CommentRow> rows)
    {
        var levels = new List<int>(rows.Count);
        var above = new Stack<CommentRow>();
        foreach (var row in rows)
        {
            while (above.TryPeek(out var last) && (last.Number != row.Number || !row.Path!.StartsWith(last.Path!, StringComparison.Ordinal))) above.Pop();
            levels.Add(Math.Min(above.Count + 1, MaxLevel));
            if (above.Count < MaxLevel - 1) above.Push(row);
        }
        return levels;
    }

    private static string? Past(List<CommentRow> rows, List<int> levels, int i)
    {
        for (var next = i + 1; next < rows.Count; next++)
            if (levels[next] <= levels[i]) return string.Create(CultureInfo.InvariantCulture, $"#comment-{rows[next].Id}");
        return null;
    }

    /// <summary>Where a thread has more replies than stand here, its last comment leads to them.</summary>
    private void AddMore(List<CommentView> views, List<CommentRow> rows, ThreadPart part)
    {
        for (var first = 0; first < rows.Count;)
        {
            var last = first;
            while (last + 1 < rows.Count && rows[last + 1].Number == rows[first].Number) last++;
            var top = rows[first];
            var shown = rows.Skip(first + 1).Take(last - first).Count(r => r.Standing == Standing.Shown);
            if (top.Reply == 0 && top.LastReply > part.RepliesEach && top.RepliesBelow > shown)
                views[last] = views[last] with { More = new LinkView($"Show {Count(top.RepliesBelow - shown, "more reply", "more replies")} to {top.FullNumber}", $"{Links.ToReplies(url, top.Number!.Value, 2)}#comments") };
            first = last + 1;
        }
    }

    private CommentView View(CommentRow c, int level, int position, CommentRow? parent)
    {
        var isTombstone = c.Standing != Standing.Shown;
        var number = c.FullNumber!.Value;
        var key = AuthorKeys.Of(site.Publication, c);
        var isByAuthor = c.PersonId is not null && c.PersonId == article.AuthorId;
        var page = site.Links.ToNumber(url, number);
        var answers = AnsweredNumber(c, parent);
        var classes = $"comment {(position % 2 == 0 ? "even" : "odd alt")} depth-{level}{(c.PersonId is null ? "" : " byuser")}{(isByAuthor ? " bypostauthor" : "")}";
        var canReply = isOpen && !isTombstone && c.Depth < site.Publication.ThreadDepth - 1;
        return Bare(c) with
        {
            Number = number.ToString(),
            Url = $"{page}#comment-{c.Id}",
            Level = level,
            Label = isTombstone ? $"{number}, removed" : $"{number} by {c.AuthorName}{(level > 1 ? $", level {level}" : "")}",
            Author = isTombstone ? "" : c.AuthorName,
            AuthorUrl = isTombstone ? null : site.People.PageOf(c.PersonId) ?? (c.AuthorUrl.Length > 0 ? c.AuthorUrl : null),
            Avatar = isTombstone ? null : AvatarViews.Of(site, key, c.PersonId, c.AuthorName),
            IsByAuthor = isByAuthor,
            IsStaff = site.Index.IsStaff(c.PersonId),
            IsFeatured = c.FeaturedAt is not null,
            Edited = c.EditedAt is { } edited && !isTombstone ? PageViews.Date(site, edited, site.Publication.Local(edited)) is var date ? $"edited {date.Short}, {date.Time}" : null : null,
            Body = isTombstone ? SafeHtml.Empty : SafeHtml.FromStore(c.BodyHtml),
            IsTombstone = isTombstone,
            IsMuted = marks.Muted.Contains(key),
            Likes = isTombstone ? "" : LikeWords.OfComment(c.Likes),
            IsLiked = marks.Liked.Contains(c.Id),
            MayEdit = marks.MayEdit(c.Id, site.Publication.EditMinutes, now),
            MayFeature = isModerator && !isTombstone,
            ReplyUrl = canReply ? $"{Links.With(page, string.Create(CultureInfo.InvariantCulture, $"replytocom={c.Id}"))}#respond" : null,
            InReplyTo = answers?.ToString(),
            InReplyToUrl = parent is not null ? $"#comment-{parent.Id}" : answers is { } a && c.ShownParentId is { } id ? site.Links.ToComment(url, id, a) : null,
            InReplyToAuthor = parent is { Standing: Standing.Shown } ? parent.AuthorName : null,
            AuthorKey = key,
            Classes = classes,
        };
    }

    /// <summary>Known without the parent's row: the path has the number. Not below the deepest level, where paths are flat.</summary>
    private static CommentNumber? AnsweredNumber(CommentRow c, CommentRow? parent) => parent?.FullNumber
        ?? (c is { ShownParentId: not null, Number: { } top, Path: { } path, Depth: < ThreadPlan.MaxDepth } ? new CommentNumber(top, ThreadPath.ParentReply(path)) : null);

    private CommentView Bare(CommentRow c) => new(
        c.Id, "", string.Create(CultureInfo.InvariantCulture, $"{url}#comment-{c.Id}"), 1, c.AuthorName, false, 0, "", c.AuthorName, null, null, false, false, false, PageViews.Date(site, c.At, c.AtLocal),
        null, SafeHtml.FromStore(c.BodyHtml), false, false, null, false, "", false, false, false, null, null, null, null, null, null, "", "");

    private static string ReplyWords(int count) => Count(count, "reply", "replies");

    private static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
