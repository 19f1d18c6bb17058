using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Reads;

/// <summary>Makes the comments of one part of a thread for templates: who hangs under whom, and what may be done with each.</summary>
/// <param name="kept">Those that were made before.</param>
/// <param name="isModerator">This reader chooses what stands on top.</param>
/// <param name="now">Decides who may still change their words.</param>
internal sealed class ThreadComments(ShownComments kept, CommentGround ground, ReaderMarks marks, bool isModerator, DateTimeOffset now)
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
            var (row, level, next) = (rows[i], levels[i], i + 1 < rows.Count ? levels[i + 1] : 1);
            var parent = row.ShownParentId is { } above ? byId.GetValueOrDefault(above) : null;
            var opens = next > level;
            var place = new CommentPlace(level, i % 2 == 0, parent?.Id, parent?.FullNumber, parent is { Standing: Standing.Shown } ? parent.AuthorName : null, opens, Math.Max(0, level - next), opens ? (row.Reply == 0 ? row.RepliesBelow : row.ShownReplies) : 0, opens ? Past(rows, levels, i) : null);
            views.Add(Personal(kept.Of(ground, row, place, Make), row));
        }
        if (part.Branch is null) AddMore(views, rows, part);
        return views;
    }

    public CommentView Featured(CommentRow row) => Personal(Make(ground, row, new CommentPlace(1, true, null, null, null, false, 0, 0, null)), row) with { IsFeatured = true };

    /// <summary>A comment of the reader's own that others do not see.</summary>
    public CommentView Own(CommentRow row) => Bare(ground, row) with { IsHeld = true, Note = marks.NoteOn(row), AppealUrl = marks.AppealUrl(row), MayEdit = marks.MayEdit(row.Id, ground.Site.Publication.EditMinutes, now), Classes = "comment held" };

    public CommentView Ping(CommentRow row) => Bare(ground, row) with { AuthorUrl = row.AuthorUrl.Length > 0 ? row.AuthorUrl : null, Classes = row.Kind == CommentKind.Pingback ? "pingback" : "trackback" };

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

    private static long? Past(List<CommentRow> rows, List<int> levels, int i)
    {
        for (var next = i + 1; next < rows.Count; next++)
            if (levels[next] <= levels[i]) return rows[next].Id;
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
                views[last] = views[last] with { More = new LinkView($"Show {Count(top.RepliesBelow - shown, "more reply", "more replies")} to {top.FullNumber}", $"{Links.ToReplies(ground.Url, top.Number!.Value, 2)}#comments") };
            first = last + 1;
        }
    }

    /// <summary>What is this reader's own about it.</summary>
    private CommentView Personal(CommentView view, CommentRow row)
    {
        if (!isModerator && ReferenceEquals(marks, ReaderMarks.None)) return view;
        return view with
        {
            IsMuted = marks.Muted.Contains(view.AuthorKey),
            IsLiked = marks.Liked.Contains(row.Id),
            MayEdit = marks.MayEdit(row.Id, ground.Site.Publication.EditMinutes, now),
            MayFeature = isModerator && !view.IsTombstone,
        };
    }

    private static CommentView Make(CommentGround ground, CommentRow c, CommentPlace place)
    {
        var (site, url, _, _) = ground;
        var isTombstone = c.Standing != Standing.Shown;
        var number = c.FullNumber!.Value;
        var key = AuthorKeys.Of(site.Publication, c);
        var isByAuthor = c.PersonId is not null && c.PersonId == ground.AuthorId;
        var page = site.Links.ToNumber(url, number);
        var answers = AnsweredNumber(c, place.ParentNumber);
        var canReply = ground.IsOpen && !isTombstone && c.Depth < site.Publication.ThreadDepth - 1;
        return Bare(ground, c) with
        {
            Number = number.ToString(),
            Url = $"{page}#comment-{c.Id}",
            Level = place.Level,
            Label = isTombstone ? $"{number}, removed" : $"{number} by {c.AuthorName}{(place.Level > 1 ? $", level {place.Level}" : "")}",
            Opens = place.Opens,
            Closes = place.Closes,
            Replies = place.Opens ? ReplyWords(place.Replies) : "",
            NextUrl = place.NextId is { } next ? string.Create(CultureInfo.InvariantCulture, $"#comment-{next}") : null,
            Author = isTombstone ? "" : c.AuthorName,
            AuthorUrl = isTombstone ? null : site.People.PageOf(c.PersonId) ?? (c.AuthorUrl.Length > 0 ? c.AuthorUrl : null),
            Avatar = isTombstone ? null : AvatarViews.Of(site, key, c.PersonId, c.AuthorName),
            IsByAuthor = isByAuthor,
            IsStaff = site.Index.IsStaff(c.PersonId),
            IsFeatured = c.FeaturedAt is not null,
            Edited = c.EditedAt is { } edited && !isTombstone ? PageViews.Date(site, edited, site.Publication.Local(edited)) is var date ? $"edited {date.Short}, {date.Time}" : null : null,
            Body = isTombstone ? SafeHtml.Empty : SafeHtml.FromStore(c.BodyHtml),
            IsTombstone = isTombstone,
            Likes = isTombstone ? "" : LikeWords.OfComment(c.Likes),
            ReplyUrl = canReply ? $"{Links.With(page, string.Create(CultureInfo.InvariantCulture, $"replytocom={c.Id}"))}#respond" : null,
            InReplyTo = answers?.ToString(),
            InReplyToUrl = place.ParentId is { } parent ? $"#comment-{parent}" : answers is { } a && c.ShownParentId is { } id ? site.Links.ToComment(url, id, a) : null,
            InReplyToAuthor = place.ParentAuthor,
            AuthorKey = key,
            Classes = $"comment {(place.IsEven ? "even" : "odd alt")} depth-{place.Level}{(c.PersonId is null ? "" : " byuser")}{(isByAuthor ? " bypostauthor" : "")}",
        };
    }

    /// <summary>Known without the parent's row: the path has the number. Not below the deepest level, where paths are flat.</summary>
    private static CommentNumber? AnsweredNumber(CommentRow c, CommentNumber? parent) => parent
        ?? (c is { ShownParentId: not null, Number: { } top, Path: { } path, Depth: < ThreadPlan.MaxDepth } ? new CommentNumber(top, ThreadPath.ParentReply(path)) : null);

    private static CommentView Bare(CommentGround ground, CommentRow c) => new(
        c.Id, "", string.Create(CultureInfo.InvariantCulture, $"{ground.Url}#comment-{c.Id}"), 1, c.AuthorName, false, 0, "", c.AuthorName, null, null, false, false, false, PageViews.Date(ground.Site, c.At, c.AtLocal),
        null, SafeHtml.FromStore(c.BodyHtml), false, false, null, false, "", false, false, false, null, null, null, null, null, null, "", "");

    private static string ReplyWords(int count) => Count(count, "reply", "replies");

    private static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
