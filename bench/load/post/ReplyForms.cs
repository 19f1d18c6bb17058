using System.Net;
using System.Text.RegularExpressions;

namespace Broadsheet.Load;

/// <summary>What the form of each article holds besides the writer's words: on Broadsheet a token, on WordPress nothing that counts.</summary>
internal static partial class ReplyForms
{
    /// <returns>The token of each article, empty where its form has none.</returns>
    public static async Task<string[]> TokensAsync(Uri site, long[] articles)
    {
        var tokens = Enumerable.Repeat("", articles.Length).ToArray();
        using var http = new HttpClient { BaseAddress = site };
        for (var i = 0; i < articles.Length; i++)
        {
            var page = await http.GetStringAsync(new Uri($"/?p={articles[i]}", UriKind.Relative));
            if (Token().Match(page) is not { Success: true } match) break;
            tokens[i] = Uri.EscapeDataString(WebUtility.HtmlDecode(match.Groups["token"].Value));
        }
        return tokens;
    }

    [GeneratedRegex("name=\"reply_token\"[^>]*value=\"(?<token>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Token();
}
