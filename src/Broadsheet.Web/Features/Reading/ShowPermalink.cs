using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Reading;

/// <summary>An article, page or attachment at its own address; by an old or misspelt one, the reader is sent on.</summary>
internal sealed class ShowPermalink(ArticlePages pages, RedirectStore redirects) : IShowAddress
{
    public bool Takes(Address address) => address.Kind == AddressKind.Permalink && address.Feed is null;

    public async Task<IResult?> ShowAsync(AddressRequest request, CancellationToken ct)
    {
        var row = await ArticleFinder.FindAsync(request, withBody: true, ct);
        if (row is not null && await ShowAsync(request, row, ct) is { } page) return page;
        if (request.Address.Otherwise is { } other && request with { Address = other } is var again && await ArticleFinder.FindAsync(again, withBody: true, ct) is { } otherwise) return await ShowAsync(again, otherwise, ct);
        // An editor's rule says where readers go; what an article was called before, and what an address may have meant, comes after it.
        if (row is not null || await redirects.FindAsync(request.Http, ct) is not null) return null;
        return await ArticleFinder.FindFormerAsync(request, ct) is { } former ? Redirect.To(request.Http, request.Site.Links.To(former)) : null;
    }

    private async Task<IResult?> ShowAsync(AddressRequest request, ArticleRow row, CancellationToken ct)
    {
        var (http, address, site) = (request.Http, request.Address, request.Site);
        if (!await ArticleVisibility.IsVisibleAsync(request, row, ct)) return null;
        if (row is { Kind: ArticleKind.Attachment } && !site.Publication.AttachmentPages && await AttachmentFile.RedirectAsync(request, row, ct) is { } file) return file;
        var url = site.Links.To(row);
        // Embeds and trackbacks are not given; a list page of one article is a page of its body.
        if (address.IsEmbed || address.IsTrackback) return Redirect.To(http, url);
        if (address.Page is { } n0) return Redirect.To(http, site.Links.ToBodyPage(url, n0));
        var commentPage = address.CommentPage ?? (int.TryParse(http.Request.Query["cpage"], NumberStyles.None, CultureInfo.InvariantCulture, out var cpage) ? cpage : null);
        if (address.CommentPage == 1) return Redirect.To(http, site.Links.ToCommentPage(url, 1));
        var canonical = address.BodyPage is > 1 and { } bodyPage ? site.Links.ToBodyPage(url, bodyPage)
            : commentPage is > 1 and { } n ? site.Links.ToCommentPage(url, n) : url;
        if (Redirect.IfNotAt(http, canonical) is { } elsewhere) return !IsSpelling(http, canonical) && await redirects.FindAsync(http, ct) is not null ? null : elsewhere;
        if (commentPage < 1) return null;
        return await pages.ShowAsync(request.Page, row, address.BodyPage ?? 1, ThreadPart.Of(http.Request, site.Publication, row.LastNumber, commentPage), ct);
    }

    /// <summary>The reader came by this very address, but for letter case and the slash at its end, as rules have it; not by another date, say.</summary>
    private static bool IsSpelling(HttpContext http, string canonical) =>
        string.Equals(Uri.UnescapeDataString(canonical.Split('?', 2)[0]).TrimEnd('/'), (http.Request.Path.Value ?? "/").TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
}
