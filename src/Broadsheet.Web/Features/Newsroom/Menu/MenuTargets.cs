using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Newsroom.Menu;

/// <summary>Whether something stands at the addresses of this publication that an editor writes into the menu.</summary>
internal sealed class MenuTargets(IDatabaseEngine engine, ReaderSites sites, RedirectStore redirects, UploadedFiles uploads, IEnumerable<EndpointDataSource> endpoints)
{
    /// <returns>The addresses at which readers would find nothing, as they were typed. Those of other hosts are not looked at.</returns>
    public async Task<List<string>> MissingAsync(HttpContext http, IEnumerable<MenuEntry> entries, CancellationToken ct)
    {
        var site = await sites.OfAsync(http);
        var rules = await redirects.GetAsync(ct);
        await using var db = engine.Open();
        var page = new PageRequest(http, site, db);
        var missing = new List<string>();
        foreach (var url in entries.Select(e => e.Url).Where(u => u[0] == '/').Distinct(StringComparer.Ordinal))
            if (Uri.UnescapeDataString(url.Split('?', '#')[0]) is var path && rules.Find(path) is null && !IsRoom(path) && !await uploads.ExistsAsync(path, ct) && !await StandsAsync(page, path, ct)) missing.Add(url);
        return missing;
    }

    private static async Task<bool> StandsAsync(PageRequest page, string path, CancellationToken ct)
    {
        var publication = page.Site.Publication;
        if (path.Contains('\0', StringComparison.Ordinal) || Address.Parse(path, publication.PermalinkStructure, publication.CategoryBase, publication.TagBase) is not { } address) return false;
        var request = new AddressRequest(page, address);
        return address.Kind switch
        {
            AddressKind.Permalink => await IsPublicAsync(request, ct) || (address.Otherwise is { } other && await IsPublicAsync(request with { Address = other }, ct)) || await ArticleFinder.FindFormerAsync(request, ct) is not null,
            AddressKind.Category or AddressKind.Tag or AddressKind.Author or AddressKind.Date => await ArticleLists.FindAsync(request, ct) is not null,
            _ => true,
        };
    }

    private static async Task<bool> IsPublicAsync(AddressRequest request, CancellationToken ct) =>
        await ArticleFinder.FindAsync(request, withBody: false, ct) is { } row && await ArticleVisibility.IsPublicAsync(request.Db, row, ct);

    /// <summary>A page of the program's own has it: the guidelines, following, signing in.</summary>
    private bool IsRoom(string path) => endpoints.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Any(e =>
        e.RoutePattern.Parameters.Count == 0 && e.Metadata.GetMetadata<HttpMethodMetadata>() is { } methods && methods.HttpMethods.Contains(HttpMethods.Get, StringComparer.Ordinal)
        && string.Equals(e.RoutePattern.RawText?.Trim('/'), path.Trim('/'), StringComparison.OrdinalIgnoreCase));
}
