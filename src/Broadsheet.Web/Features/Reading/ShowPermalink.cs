using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Reading;

/// <summary>An article, page or attachment at its own address; by an old or misspelt one, the reader is sent on.</summary>
internal sealed class ShowPermalink(ArticlePages pages) : IShowAddress
{
    public bool Takes(Address address) => address.Kind == AddressKind.Permalink && address.Feed is null;

    public async Task<IResult?> ShowAsync(AddressRequest request, CancellationToken ct)
    {
        var row = await ArticleFinder.FindAsync(request, withBody: true, ct);
        if (row is not null && await ShowAsync(request, row, ct) is { } page) return page;
        if (request.Address.Otherwise is { } other && request with { Address = other } is var again && await ArticleFinder.FindAsync(again, withBody: true, ct) is { } otherwise) return await ShowAsync(again, otherwise, ct);
        return row is null && await ArticleFinder.FindFormerAsync(request, ct) is { } former ? Redirect.To(request.Http, request.Site.Links.To(former)) : null;
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
        if (Redirect.IfNotAt(http, canonical) is { } elsewhere) return elsewhere;
        if (commentPage < 1) return null;
        return await pages.ShowAsync(request.Page, row, address.BodyPage ?? 1, ThreadPart.Of(http.Request, site.Publication, row.LastNumber, commentPage), ct);
    }
}
