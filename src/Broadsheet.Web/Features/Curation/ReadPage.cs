using System.Text;
using Broadsheet.Core;
using Broadsheet.Web.Outbound;
using SmartReader;

namespace Broadsheet.Web.Features.Curation;

/// <summary>What a page says, without what stands around it.</summary>
/// <param name="Body">Sanitised; empty where no text was found.</param>
/// <param name="IsUnlisted">The page asks search engines not to list it.</param>
internal sealed record PageText(Uri Address, string Title, string? Author, string? SiteName, DateTimeOffset? Published, string? Language, SafeHtml Body, bool IsUnlisted);

/// <summary>Gets a page of another site and extracts its text (Mozilla's Readability, as SmartReader has it). What comes out goes through the sanitiser.</summary>
internal sealed class ReadPage(GuardedHttp http)
{
    private const int MostElements = 60_000;
    private static readonly Problem TooMuch = new("url", "The page is too large, or nests too deep, to be read.");
    private static readonly OutboundLimits Limits = new(5L << 20, TimeSpan.FromSeconds(20));

    /// <returns>The page; or what stood in its way. The status of an answer that is no success stands in the problem's field.</returns>
    public async Task<Outcome<PageText>> GetAsync(string address, CancellationToken ct)
    {
        var asked = await http.AskAsync<Outcome<PageText>>(address, Limits, null, async (answer, token) =>
        {
            var status = (int)answer.Response.StatusCode;
            if (!answer.Response.IsSuccessStatusCode) return new Problem(status.ToString(System.Globalization.CultureInfo.InvariantCulture), $"It answered {status}.");
            if (answer.Response.Content.Headers.ContentType?.MediaType is not (null or "text/html" or "application/xhtml+xml")) return new Problem("url", "It is no web page.");
            using var copy = new MemoryStream();
            await answer.Body.CopyToAsync(copy, token);
            copy.Position = 0;
            using var page = await PageParser.TryParseAsync(copy, token);
            return page is null ? TooMuch : Extract(page.Source.Text, answer.Address);
        }, ct);
        return asked.Problem is { } unreached ? new Problem("url", $"It could not be read: {unreached.Message}.") : asked.Value;
    }

    /// <summary>Pure: nothing is fetched for it.</summary>
    public static Outcome<PageText> Extract(string html, Uri address)
    {
        using var page = PageParser.TryParse(html);
        if (page is null) return TooMuch;
        using var reader = new Reader(address.AbsoluteUri, html) { MaxElemsToParse = MostElements, ContinueIfNotReadable = true };
        Article? article = null;
        try
        {
            article = reader.GetArticle();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The extractor gives up on pages of too many elements, and fails on some that are broken in rare ways: then there is no text.
        }
        var robots = string.Join(',', page.QuerySelectorAll("meta[name=robots i]").Select(m => m.GetAttribute("content")));
        var body = article is { Completed: true, Content.Length: > 0 } ? PrepareStory.Safe(article.Content, address) : SafeHtml.Empty;
        return new PageText(address, Line(article?.Title ?? page.Title, 500) ?? "", Line(article?.Author ?? article?.Byline, 200), Line(article?.SiteName, 200), article?.PublicationDate is { } date ? new DateTimeOffset(DateTime.SpecifyKind(date, DateTimeKind.Utc)) : null,
            article?.Language is { Length: > 1 and <= 35 } language ? language : null, body, robots.Contains("noindex", StringComparison.OrdinalIgnoreCase));
    }

    private static string? Line(string? text, int longest)
    {
        var line = new StringBuilder(PlainText.Of(text ?? ""));
        if (line.Length > longest) line.Length = longest;
        return line.ToString().Trim() is { Length: > 0 } words ? words : null;
    }
}
