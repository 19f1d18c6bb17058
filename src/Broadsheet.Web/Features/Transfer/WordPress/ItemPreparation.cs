using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>Makes rows of items. Needs no transaction: it runs ahead of the writer.</summary>
internal sealed class ItemPreparation(ImportRequest request, IDatabaseEngine engine, Publication publication, ImportedIds ids, FirstPass first, DateTimeOffset now)
{
    private static readonly Microsoft.AspNetCore.StaticFiles.FileExtensionContentTypeProvider Types = new();

    public PreparedItem Prepare(WxrItem item, long id)
    {
        var kind = WordPressNames.Kind(item.PostType);
        var status = WordPressNames.Status(item.Status);
        var (at, local) = ItemDates.OfItem(item, status, first.Offset);
        var (body, credit) = (item.Content, (SourceCredit?)null);
        if (kind == ArticleKind.Article && !request.KeepCreditLines && CreditLine.TryRead(item.Content, out var line, out var rest)) (body, credit) = (rest, line);
        using var db = engine.Open();
        var context = ArticleRendering.Context(publication, new ImportedMedia(new MediaLookup(db, id), ids));
        var excerpt = kind == ArticleKind.Attachment ? "" : item.Excerpt;
        var text = ArticleRendering.Render(item.Title, body, BodyFormat.WordPress, excerpt, context);
        var image = kind == ArticleKind.Attachment ? AttachmentMeta.Read(item.Meta) : null;
        return new PreparedItem(item, kind, status, at, local, ItemDates.OfChange(item, first.Offset) ?? at ?? now, text, credit, SlugOf(item, text, status), kind == ArticleKind.Attachment ? AddressOf(item) : null,
            ids.Referred(item.ParentId), Featured(item), PostFormat(item), GuidOf(item, id), image is null ? null : MediaOf(item, image, id), OldAddresses(item, id), MetaOf(item, id, kind), TermsOf(item), Missing(text.BodyHtml.Value));
    }

    public static int Missing(string html)
    {
        var (count, at) = (0, -1);
        while ((at = html.IndexOf("class=\"missing-media\"", at + 1, StringComparison.Ordinal)) >= 0) count++;
        return count;
    }

    private static string SlugOf(WxrItem item, ArticleText text, ArticleStatus status)
    {
        var slug = Plain(Broadsheet.Core.Publishing.Slug.Fold(item.Slug.Trim('/')));
        if (slug.Length > 0 || status is ArticleStatus.Draft or ArticleStatus.AutoDraft or ArticleStatus.InReview) return slug;
        return Broadsheet.Core.Publishing.Slug.From(text.TitleText, fallback: item.Id is { } id ? id.ToString(System.Globalization.CultureInfo.InvariantCulture) : "untitled");
    }

    /// <summary>A slug is one segment; escapes may hide what no address shows.</summary>
    private static string Plain(string slug) => slug.Any(c => char.IsControl(c) || c is '/' or '?' or '#') ? string.Concat(slug.Where(c => !char.IsControl(c) && c is not ('/' or '?' or '#'))) : slug;

    /// <summary>An attachment's own page stood below its article's; the old link says where.</summary>
    private string? AddressOf(WxrItem item)
    {
        if (!Uri.TryCreate(item.Link, UriKind.Absolute, out var link) || first.Survey.Hosts.OwnPath(link) is not { } path || path.Contains('?', StringComparison.Ordinal)) return null;
        path = Uri.UnescapeDataString(path);
        if (publication.OldBasePath.Length > 0 && path.StartsWith(publication.OldBasePath + "/", StringComparison.OrdinalIgnoreCase)) path = path[publication.OldBasePath.Length..];
        var folded = Broadsheet.Core.Publishing.Slug.Fold(path.Trim('/'));
        return folded.Length == 0 || folded.Any(char.IsControl) ? null : folded;
    }

    private long? Featured(WxrItem item) =>
        item.Meta.FirstOrDefault(m => m.Key == "_thumbnail_id") is { } meta && long.TryParse(meta.Value.Trim(), System.Globalization.CultureInfo.InvariantCulture, out var old) && old > 0 ? ids.Referred(old) : null;

    private static string? PostFormat(WxrItem item) => item.Terms.FirstOrDefault(t => t.Taxonomy == "post_format")?.Slug is { Length: > 0 } slug
        ? slug.StartsWith("post-format-", StringComparison.Ordinal) ? slug["post-format-".Length..] : slug : null;

    private string GuidOf(WxrItem item, long id)
    {
        if (item.Guid.Length > 0) return item.Guid;
        var site = first.Survey.Channel.BaseBlogUrl.TrimEnd('/');
        return site.Length > 0 && item.Id is { } old ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{site}/?p={old}") : item.Link.Length > 0 ? item.Link : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"urn:broadsheet:article:{id}");
    }

    private static Core.Publishing.Media MediaOf(WxrItem item, AttachmentMeta image, long id)
    {
        var path = MediaAddress.PathOf(item, image, id);
        return Core.Publishing.Media.Imported(id, path, Types.TryGetContentType(path, out var type) ? type : "application/octet-stream", image.AltText, Sanitiser.CleanInline(item.Excerpt).Value, MediaAddress.SourceOf(item), image.Width, image.Height);
    }

    private static List<OldAddress> OldAddresses(WxrItem item, long id)
    {
        List<OldAddress> addresses = [];
        foreach (var meta in item.Meta)
        {
            if (meta.Key == "_wp_old_slug" && Plain(Broadsheet.Core.Publishing.Slug.Fold(meta.Value.Trim())) is { Length: > 0 } slug) addresses.Add(new OldAddress(id, slug, null));
            else if (meta.Key == "_wp_old_date" && DateOnly.TryParseExact(meta.Value.Trim(), "yyyy-MM-dd", out var date)) addresses.Add(new OldAddress(id, null, date));
        }
        return [.. addresses.DistinctBy(a => (a.Slug, a.Date))];
    }

    /// <summary>What has no column of its own. Ids in it would be the source's.</summary>
    private static List<Meta> MetaOf(WxrItem item, long id, ArticleKind kind) =>
        [.. item.Meta.Where(m => KeptMeta.OfItem(m.Key) && m.Key is not ("_thumbnail_id" or "_wp_old_slug" or "_wp_old_date") && (m.Key != "_wp_attachment_image_alt" || kind != ArticleKind.Attachment))
            .Select(m => new Meta { Owner = MetaOwner.Article, OwnerId = id, Key = m.Key, Value = m.Value })];

    private static List<(string, string, string)> TermsOf(WxrItem item) =>
        [.. item.Terms.Where(t => t.Taxonomy != "post_format").Select(t => TermNames.Of(t.Taxonomy, t.Slug, t.Name)).Where(t => t.Slug.Length > 0).DistinctBy(t => (t.Taxonomy, t.Slug))];
}
