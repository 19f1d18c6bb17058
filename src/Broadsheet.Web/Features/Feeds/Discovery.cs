using System.Text;
using System.Xml;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Feeds;

/// <summary>How robots, blogging programs and old bookmarks find their way: robots.txt, RSD, and a sensible answer at WordPress's other addresses.</summary>
internal static class Discovery
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/robots.txt", RobotsAsync);
        routes.MapGet("/xmlrpc.php", RsdAsync);
        routes.MapPost("/xmlrpc.php", () => TypedResults.Text(XmlRpcFault, "text/xml", Encoding.UTF8)).DisableAntiforgery();
        routes.MapPost("/wp-trackback.php", () => TypedResults.Text(TrackbackRefusal, "text/xml", Encoding.UTF8)).DisableAntiforgery();
        routes.MapGet("/favicon.ico", () => TypedResults.NoContent());
        routes.MapGet("/wp-links-opml.php", () => TypedResults.NotFound());
        routes.MapMethods("/wp-cron.php", [HttpMethods.Get, HttpMethods.Post], () => TypedResults.NoContent()).DisableAntiforgery();
    }

    /// <summary>XML-RPC is off, and says so as WordPress does when it is (fault 405): apps then use the REST API.</summary>
    private const string XmlRpcFault = """
        <?xml version="1.0" encoding="UTF-8"?>
        <methodResponse><fault><value><struct><member><name>faultCode</name><value><int>405</int></value></member><member><name>faultString</name><value><string>XML-RPC services are disabled on this site.</string></value></member></struct></value></fault></methodResponse>
        """;

    private const string TrackbackRefusal = """
        <?xml version="1.0" encoding="utf-8"?>
        <response><error>1</error><message>This site takes no trackbacks.</message></response>
        """;

    private static async Task<IResult> RobotsAsync(HttpContext http, ReaderSites sites)
    {
        var site = await sites.OfAsync(http);
        http.MayCache(PublicationStore.Tag);
        return TypedResults.Text($"User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n\nSitemap: {site.Links.Absolute("/wp-sitemap.xml")}\n", "text/plain", Encoding.UTF8);
    }

    /// <summary>Really Simple Discovery, at the address that apps look for.</summary>
    private static async Task<IResult> RsdAsync(HttpContext http, ReaderSites sites)
    {
        if (!http.Request.Query.ContainsKey("rsd")) return TypedResults.Text("XML-RPC server accepts POST requests only.", "text/plain", Encoding.UTF8, StatusCodes.Status405MethodNotAllowed);
        var site = await sites.OfAsync(http);
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            const string ns = "http://archipelago.phrasewise.com/rsd";
            xml.WriteStartElement("rsd", ns);
            xml.WriteAttributeString("version", "1.0");
            xml.WriteStartElement("service", ns);
            xml.WriteElementString("engineName", ns, "Broadsheet");
            xml.WriteElementString("homePageLink", ns, site.Links.Absolute("/"));
            xml.WriteStartElement("apis", ns);
            xml.WriteStartElement("api", ns);
            xml.WriteAttributeString("name", "WP-API");
            xml.WriteAttributeString("blogID", "1");
            xml.WriteAttributeString("preferred", "true");
            xml.WriteAttributeString("apiLink", site.Links.Absolute("/wp-json/"));
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        http.MayCache(PublicationStore.Tag);
        return TypedResults.Bytes(buffer.ToArray(), "text/xml; charset=UTF-8");
    }
}
