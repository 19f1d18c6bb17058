using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Reads;

/// <summary>The publication as one request sees it: settings, index, people, links, and the words and dates of its language.</summary>
internal sealed class ReaderSite(Publication publication, SiteIndex index, PublicPeople people, string baseUrl)
{
    public Publication Publication => publication;
    public SiteIndex Index => index;
    public PublicPeople People => people;
    public Links Links { get; } = new(publication, index, baseUrl);
    public CultureInfo Culture { get; } = CultureOf(publication.Language);

    /// <summary>The moment with the offset that the publication's zone had then.</summary>
    public DateTimeOffset InZone(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, publication.Zone);

    public static CultureInfo CultureOf(string language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(language, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }
}

/// <summary>Makes the <see cref="ReaderSite"/> of a request.</summary>
internal sealed class ReaderSites(PublicationStore publications, SiteIndexStore indexes, PublicPeopleStore people, PublicAddress address)
{
    /// <summary>For work that no request asks for.</summary>
    /// <param name="origin">Scheme and host, to be used where none is configured.</param>
    public async ValueTask<ReaderSite> OfAsync(string origin, CancellationToken ct) => new(await publications.GetAsync(ct), await indexes.GetAsync(ct), await people.GetAsync(ct), address.Or(origin));

    public async ValueTask<ReaderSite> OfAsync(HttpContext http) =>
        new(TriedAppearance.Of(http, await publications.GetAsync(http.RequestAborted)), await indexes.GetAsync(http.RequestAborted), await people.GetAsync(http.RequestAborted), address.Of(http.Request));
}

/// <summary>Where the publication is reached: as configured, else as the request says.</summary>
internal sealed class PublicAddress(string? configured)
{
    public bool IsConfigured => configured is not null;

    public string Or(string origin) => configured ?? origin;

    /// <returns>Scheme and host, without a slash at the end.</returns>
    public string Of(HttpRequest request) => configured ?? $"{request.Scheme}://{request.Host.Value}";
}
