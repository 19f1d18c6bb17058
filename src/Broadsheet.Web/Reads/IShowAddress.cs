using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Reads;

/// <summary>A room that answers some of the public addresses. The router asks each in order; rooms do not know each other.</summary>
internal interface IShowAddress
{
    bool Takes(Address address);

    /// <returns>Null where nothing has this address: the reader gets the 404 page.</returns>
    Task<IResult?> ShowAsync(AddressRequest request, CancellationToken ct);
}

/// <summary>A public address being read.</summary>
internal sealed record AddressRequest(PageRequest Page, Address Address)
{
    public HttpContext Http => Page.Http;
    public ReaderSite Site => Page.Site;
    public BroadsheetDb Db => Page.Db;
}

/// <summary>A page being made for a request.</summary>
internal sealed record PageRequest(HttpContext Http, ReaderSite Site, BroadsheetDb Db);
