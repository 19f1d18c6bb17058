using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Broadsheet.Core.Curation.Feeds;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.Tests.Curation.Feeds;

/// <summary>One clause of a feedparser case: <c>entries[0]['title'] == 'Example'</c>, and whether a feed keeps it.</summary>
internal sealed partial record FeedparserClause(int? Entry, string Key, string Expected)
{
    private static readonly string[] Keys =
    [
        "title", "title_detail.value", "link", "id", "guid", "author", "author_detail.name", "published", "published_parsed", "updated", "updated_parsed",
        "created", "content.value", "summary", "summary_detail.value", "description", "subtitle", "tagline", "language", "links.href",
    ];

    /// <summary>Those of the case that can be read mechanically and are about what a wire shows.</summary>
    public static IEnumerable<FeedparserClause> Of(string file)
    {
        var expect = Expect().Match(file);
        if (!expect.Success) yield break;
        foreach (Match match in Clause().Matches(expect.Groups["text"].Value))
        {
            var key = string.Join('.', match.Groups["key"].Captures.Select(c => c.Value.Trim('\'', '"')));
            if (Keys.Contains(key)) yield return new(match.Groups["entry"] is { Success: true } e ? int.Parse(e.Value, CultureInfo.InvariantCulture) : null, key, Unescape(match.Groups["value"].Value));
        }
    }

    public bool Holds(FeedDocument feed)
    {
        if (Entry is { } index && feed.Items.Count <= index) return false;
        var item = Entry is { } at ? feed.Items[at] : null;
        return Key switch
        {
            "title" or "title_detail.value" => Same(WebUtility.HtmlEncode(item is null ? feed.Title : item.Title)),
            "link" or "links.href" => SameAddress(item is null ? feed.Site : item.Link),
            "id" or "guid" => item is null || item.Id == Expected,
            "author" or "author_detail.name" => Same(WebUtility.HtmlEncode(NameIn(Expected)), (item is null ? feed.Author : item.Author) ?? ""),
            "published" or "published_parsed" or "created" => item is null || SameDate(item.Published),
            "updated" or "updated_parsed" => SameDate(item is null ? feed.Updated : item.Updated) || SameDate(item?.Published),
            "content.value" => Same(item?.Content),
            "summary" or "description" or "summary_detail.value" => item is null ? Same(WebUtility.HtmlEncode(feed.Description)) : Same(item.Summary) || Same(item.Content),
            "subtitle" or "tagline" => item is not null || Same(WebUtility.HtmlEncode(feed.Description)),
            _ => Expected == (item is null ? feed.Language : item.Language),
        };
    }

    private static string NameIn(string author) => Mail().Replace(author, "").Trim(' ', '(', ')');

    private bool Same(string? html) => Same(html, Expected) || Same(html, WebUtility.HtmlEncode(Expected));

    private static bool Same(string? html, string expected) => PlainText.Of(html ?? "") == PlainText.Of(expected);

    private bool SameAddress(Uri? address) => address is not null && (address.OriginalString == Expected || (Uri.TryCreate(Expected, UriKind.Absolute, out var uri) && uri == address));

    private bool SameDate(DateTimeOffset? date)
    {
        if (!Expected.StartsWith('(')) return date == FeedDate.Read(Expected);
        var n = Expected.Trim('(', ')').Split(',').Select(s => int.Parse(s.Trim(), CultureInfo.InvariantCulture)).ToArray();
        return date == new DateTimeOffset(n[0], n[1], n[2], n[3], n[4], n[5], TimeSpan.Zero);
    }

    /// <summary>A Python literal: a string, or a tuple of a time.</summary>
    private static string Unescape(string literal)
    {
        if (literal.StartsWith('(')) return literal;
        var text = literal[(literal.IndexOfAny(['\'', '"']) + 1)..^1];
        var to = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length) to.Append(text[i]);
            else
            {
                var (length, c) = text[++i] switch { 'u' => (4, ' '), 'x' => (2, ' '), 'n' => (0, '\n'), 't' => (0, '\t'), 'r' => (0, '\r'), var other => (0, other) };
                to.Append(length == 0 ? c : (char)Convert.ToInt32(text.Substring(i + 1, length), 16));
                i += length;
            }
        }

        return to.ToString();
    }

    [GeneratedRegex(@"Expect:\s*(?<text>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Expect();

    [GeneratedRegex(@"(?:feed|entries\[(?<entry>\d+)\])(?:\[(?<key>'\w+')\]|\.(?<key>\w+)|\[0\])+ ?== ?(?<value>u?'(?:[^'\\]|\\.)*'|u?""(?:[^""\\]|\\.)*""|\([\d, ]+\))", RegexOptions.ExplicitCapture)]
    private static partial Regex Clause();

    [GeneratedRegex(@"[\w.+-]+@[\w.-]+")]
    private static partial Regex Mail();
}
