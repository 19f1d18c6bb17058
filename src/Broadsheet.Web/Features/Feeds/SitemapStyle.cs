namespace Broadsheet.Web.Features.Feeds;

/// <summary>Makes a sitemap legible to a person who opens it (WordPress: <c>/wp-sitemap.xsl</c> and <c>/wp-sitemap-index.xsl</c>). One for both.</summary>
internal static class SitemapStyle
{
    public const string Path = "/wp-sitemap.xsl";

    private const string Sheet = """
        <?xml version="1.0" encoding="UTF-8"?>
        <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9" exclude-result-prefixes="s">
        <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat"/>
        <xsl:template match="/">
        <html lang="en"><head><title>Sitemap</title><meta name="viewport" content="width=device-width"/><meta name="robots" content="noindex"/></head><body>
        <h1>Sitemap</h1><p>A list of addresses for search engines.</p>
        <ul><xsl:for-each select="//s:loc"><li><a href="{.}"><xsl:value-of select="."/></a><xsl:if test="../s:lastmod"> (<xsl:value-of select="substring(../s:lastmod, 1, 10)"/>)</xsl:if></li></xsl:for-each></ul>
        </body></html>
        </xsl:template>
        </xsl:stylesheet>
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var path in new[] { Path, "/wp-sitemap-index.xsl" })
            routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], () => TypedResults.Text(Sheet, "application/xml; charset=UTF-8"));
    }
}
