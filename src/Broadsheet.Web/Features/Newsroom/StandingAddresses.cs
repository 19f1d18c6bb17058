using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>Whether something stands at the addresses of this publication that an editor writes into the menu, or makes a rule of.</summary>
internal sealed class StandingAddresses(IDatabaseEngine engine, ReaderSites sites, RedirectStore redirects, UploadedFiles uploads, IEnumerable<IShowAddress> rooms, IEnumerable<EndpointDataSource> endpoints)
{
    /// <returns>The addresses at which readers would find nothing, as they were typed. Those of other hosts are not looked at.</returns>
    public async Task<List<string>> MissingAsync(HttpContext http, IEnumerable<string> urls, CancellationToken ct)
    {
        var site = await sites.OfAsync(http);
        var rules = await redirects.GetAsync(ct);
        await using var db = engine.Open();
        var page = new PageRequest(http, site, db);
        var missing = new List<string>();
        foreach (var url in urls.Where(u => u.StartsWith('/')).Distinct(StringComparer.Ordinal))
            if (Uri.UnescapeDataString(url.Split('?', '#')[0]) is var path && rules.Find(path) is null && !IsRoom(path) && !await uploads.ExistsAsync(path, ct) && !await StandsAsync(page, path, orOnce: true, ct)) missing.Add(url);
        return missing;
    }

    /// <summary>Something stands at the path itself, so that no rule for it is asked.</summary>
    /// <param name="path">Decoded, without a query.</param>
    public async Task<bool> IsTakenAsync(HttpContext http, string path, CancellationToken ct)
    {
        var site = await sites.OfAsync(http);
        await using var db = engine.Open();
        return IsRoom(path) || await uploads.ExistsAsync(path, ct) || await StandsAsync(new PageRequest(http, site, db), path, orOnce: false, ct);
    }

    /// <param name="orOnce">What stood there once, and is found elsewhere now, counts too.</param>
    private async Task<bool> StandsAsync(PageRequest page, string path, bool orOnce, CancellationToken ct)
    {
        var publication = page.Site.Publication;
        if (path.Contains('\0', StringComparison.Ordinal) || Address.Parse(path, publication.PermalinkStructure, publication.CategoryBase, publication.TagBase) is not { } address) return false;
        var request = new AddressRequest(page, address);
        return address.Kind switch
        {
            // Articles have one room; what another takes, too, is its own.
            AddressKind.Permalink => rooms.Count(r => r.Takes(address)) > 1 || await IsPublicAsync(request, orOnce ? null : path, ct) || (address.Otherwise is { } other && await IsPublicAsync(request with { Address = other }, orOnce ? null : path, ct)) || (orOnce && await ArticleFinder.FindFormerAsync(request, ct) is not null),
            AddressKind.Category or AddressKind.Tag or AddressKind.Author or AddressKind.Date => await ArticleLists.FindAsync(request, ct) is not null,
            _ => true,
        };
    }

    /// <param name="at">It must stand at this path or above it; null where it may be found elsewhere, such as under another date.</param>
    private static async Task<bool> IsPublicAsync(AddressRequest request, string? at, CancellationToken ct) =>
        await ArticleFinder.FindAsync(request, withBody: false, ct) is { } row && await ArticleVisibility.IsPublicAsync(request.Db, row, ct)
        && (at is null || $"{at.TrimEnd('/')}/".StartsWith($"{Uri.UnescapeDataString(request.Site.Links.To(row)).TrimEnd('/')}/", StringComparison.OrdinalIgnoreCase));

    /// <summary>A page of the program's own has it: the guidelines, following, signing in.</summary>
    private bool IsRoom(string path) => endpoints.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Any(e =>
        e.RoutePattern.Parameters.Count == 0 && e.Metadata.GetMetadata<HttpMethodMetadata>() is { } methods && methods.HttpMethods.Contains(HttpMethods.Get, StringComparer.Ordinal)
        && string.Equals(e.RoutePattern.RawText?.Trim('/'), path.Trim('/'), StringComparison.OrdinalIgnoreCase));
}
