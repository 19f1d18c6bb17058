using System.Diagnostics;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Broadsheet.Web.Features.Curation;

/// <summary>
/// Parses a page of another site within bounds. A parser looks up through what is open at nearly each tag, and opens unclosed formatting anew in
/// each paragraph (WHATWG HTML §13.2.4.3): a page made for it would cost it minutes, or all memory. So it stops where it has made or read too much.
/// </summary>
internal static class PageParser
{
    private const int MostElements = 150_000;
    private const int MostTokens = 600_000;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(5);

    /// <returns>Null where the page is too large, too deep or too slow to be read. Whoever takes it disposes of it.</returns>
    public static IHtmlDocument? TryParse(string html)
    {
        try
        {
            return Checked(Parser().ParseDocument(html));
        }
        catch (TooMuchException)
        {
            return null;
        }
    }

    /// <summary>The same of bytes: the parser knows how pages say which encoding they are in.</summary>
    public static async Task<IHtmlDocument?> TryParseAsync(Stream page, CancellationToken ct)
    {
        try
        {
            return Checked(await Parser().ParseDocumentAsync(page, ct));
        }
        catch (TooMuchException)
        {
            return null;
        }
    }

    private static IHtmlDocument? Checked(IHtmlDocument page)
    {
        if (!PageDepth.IsTooDeep(page)) return page;
        page.Dispose();
        return null;
    }

    private static HtmlParser Parser()
    {
        var (elements, tokens, started) = (0, 0, Stopwatch.GetTimestamp());
        return new HtmlParser(new HtmlParserOptions
        {
            OnCreated = (_, _) =>
            {
                if (++elements > MostElements) throw new TooMuchException();
            },
            OnToken = (_, _) =>
            {
                if (++tokens > MostTokens || ((tokens & 63) == 0 && Stopwatch.GetElapsedTime(started) > MostTime)) throw new TooMuchException();
            },
        });
    }

    private sealed class TooMuchException : Exception;
}
