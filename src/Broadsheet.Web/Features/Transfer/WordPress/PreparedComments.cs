using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>Some comments of an item as rows, in the file's order.</summary>
/// <param name="Words">What the search knows of those that readers will see.</param>
/// <param name="Through">How many of the item's comments are written, present or skipped once these are.</param>
/// <param name="RepliesToKnown">New shown replies of comments that were here before.</param>
internal sealed record PreparedComments(List<Comment> Rows, List<Meta> Meta, List<SearchDocument> Words, long Through, long Present, long Skipped, Dictionary<long, int> RepliesToKnown);

/// <summary>Makes rows of comments. Needs no transaction: it runs ahead of the writer.</summary>
internal sealed class CommentPreparation(ImportedIds ids, FirstPass first, string language)
{
    /// <param name="from">The place of the first of <paramref name="comments"/> among its item's.</param>
    public PreparedComments Prepare(FoundItem found, ItemPlan plan, IReadOnlyList<WxrComment> comments, int from)
    {
        var prepared = new PreparedComments(new List<Comment>(comments.Count), [], [], from + comments.Count, 0, 0, []);
        var (present, skipped) = (0L, 0L);
        for (var i = 0; i < comments.Count; i++)
        {
            var fate = plan.Fates[from + i];
            if (fate.Skip is not null) skipped++;
            else if (fate.IsPresent) present++;
            else Add(prepared, found, plan, comments[i], from + i);
        }
        return prepared with { Present = present, Skipped = skipped };
    }

    private void Add(PreparedComments prepared, FoundItem found, ItemPlan plan, WxrComment c, int index)
    {
        var (id, stub) = (plan.Fates[index].Id, found.Stubs[index]);
        var (at, local) = ItemDates.OfComment(c, found.Item, first.Offset);
        var place = plan.Thread.PlaceOf(id);
        var row = new ImportedComment(id, plan.Id, plan.Thread.ParentOf(id), stub.Kind, stub.Standing, c.UserId is { } user && ids.People.TryGetValue(user, out var person) ? person : null,
            StoredName.Plain(c.Author) is { Length: > 0 } name ? name : "Anonymous", Cut(c.AuthorEmail, Comment.MaxEmailLength), UrlOf(c.AuthorUrl), Cut(c.AuthorIp, 100), at, local, c.Content,
            CommentText.RenderImported(c.Content, language), stub.Id is { } old && old != id ? old : null);
        var comment = Comment.Imported(row, place);
        prepared.Rows.Add(comment);
        if (WriteComments.IsShown(comment)) prepared.Words.Add(SearchLedger.DocumentOf(id, plan.Id, comment.AuthorName, comment.BodyHtml, at));
        foreach (var meta in c.Meta.Where(m => KeptMeta.OfComment(m.Key))) prepared.Meta.Add(new Meta { Owner = MetaOwner.Comment, OwnerId = id, Key = meta.Key, Value = meta.Value });
        // An export names only its articles' authors: a commenter's account is kept by its old id, for the day when its owner comes.
        if (c.UserId is > 0 and { } account && row.PersonId is null) prepared.Meta.Add(new Meta { Owner = MetaOwner.Comment, OwnerId = id, Key = KeptMeta.ImportedUserKey, Value = account.ToString(CultureInfo.InvariantCulture) });
        if (place?.ShownParentId is { } parent && plan.Thread.IsKnown(parent)) prepared.RepliesToKnown[parent] = prepared.RepliesToKnown.GetValueOrDefault(parent) + 1;
    }

    private static string UrlOf(string url) => url.Length <= Comment.MaxUrlLength * 10 && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && uri.UserInfo.Length == 0 ? uri.AbsoluteUri : "";

    private static string Cut(string text, int max) => text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
}
