using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Broadsheet.Core.Curation;
using Broadsheet.Core.Curation.Feeds;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Features.Curation;

/// <summary>Makes of what a feed or a page says a story that may be stored: addresses absolute, markup through the sanitiser, words folded for the search, a print taken.</summary>
internal static class PrepareStory
{
    private const int SummaryLength = 400;
    private const int SearchedLength = 3_000;
    private const int BodyLength = 500_000;

    public static WireStory Of(FeedItem item, string outletName)
    {
        var body = Safe(item.Content ?? item.Summary, item.Base ?? item.Link);
        var text = PlainText.Of(body);
        var title = item.Title.Length > 0 ? item.Title : Cut(text, 100);
        var hash = Hash($"{item.Title}\n{item.Link}\n{item.Author}\n{item.Content}\n{item.Summary}");
        return Make(item.Id, title, item.Link?.AbsoluteUri, item.Author, item.Published ?? item.Updated, body, Summary(item, text), outletName, item.Language, item.Picture?.AbsoluteUri, item.SourceName, hash, text);
    }

    /// <param name="body">As <see cref="Safe"/> gives it.</param>
    public static WireStory OfPage(string url, string title, string? author, DateTimeOffset? published, SafeHtml body, string siteName, string? language)
    {
        var text = PlainText.Of(body);
        return Make(url, title.Length > 0 ? title : url, url, author, published, body, Cut(text, SummaryLength), siteName, language, null, null, Hash($"{title}\n{text}"), text);
    }

    /// <summary>Markup of another site, as it may be stored and shown here; relative addresses lead there.</summary>
    public static SafeHtml Safe(string? html, Uri? at)
    {
        if (string.IsNullOrWhiteSpace(html)) return Sanitiser.Clean("", MarkupRights.Editor);
        if (html.Length > BodyLength) html = html[..BodyLength];
        // Twice: the first time makes it safe to take apart, for one thing no deeper than a page may be.
        var safe = Sanitiser.Clean(html, MarkupRights.Editor);
        return at is null || !safe.Value.Contains('<', StringComparison.Ordinal) ? safe : Sanitiser.Clean(Absolute(safe.Value, at), MarkupRights.Editor);
    }

    private static WireStory Make(string key, string title, string? url, string? author, DateTimeOffset? at, SafeHtml body, string summary, string outlet, string? language, string? picture, string? source, string hash, string text) =>
        new(key, title, url, author, at, body.Value, summary, SearchWords.Fold($"{title} {outlet} {author} {Cut(text, SearchedLength)}"), language, picture, source, hash, StoryPrint.Of(title, text));

    private static string Summary(FeedItem item, string text) =>
        Cut(item.Summary is { } summary && item.Content is not null && PlainText.Of(summary) is { Length: > 0 } said ? said : text, SummaryLength);

    private static string Absolute(string html, Uri at)
    {
        var body = new HtmlParser().ParseDocument(html).Body!;
        foreach (var name in (string[])["href", "src", "poster"])
            foreach (var element in body.QuerySelectorAll($"[{name}]"))
                if (Uri.TryCreate(at, element.GetAttribute(name), out var address)) element.SetAttribute(name, address.AbsoluteUri);
        return body.InnerHtml;
    }

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest) return text;
        var end = text.LastIndexOf(' ', longest - 1, Math.Min(longest, 60));
        if (end <= 0) end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end] + "…";
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
