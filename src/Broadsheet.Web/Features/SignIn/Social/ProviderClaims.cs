using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Features.SignIn.Social;

/// <summary>What a provider said of somebody, by name. Everything in it comes from outside: it is cut, and addresses are looked at.</summary>
/// <param name="also">The answer to what else was asked (<see cref="SignInProvider.AlsoAsk"/>).</param>
/// <param name="posted">What the reader's browser brought along beside the answer (Apple's <c>user</c>): proven by nobody.</param>
internal sealed class ProviderClaims(ClaimsPrincipal principal, JsonElement? also = null, string? posted = null)
{
    private const int LongestUrl = 1_000;

    public JsonElement? Also => also;

    /// <summary>A word of what was brought along.</summary>
    public string Posted(params ReadOnlySpan<string> path) => posted is { Length: > 0 and < 4_000 } && In(posted, path) is { } text ? Line(text) : "";

    /// <returns>Null where it is missing or empty.</returns>
    public string? this[string name] => principal.FindFirst(name)?.Value is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>Some send the word, some send the value.</summary>
    public bool Says(string name) => string.Equals(this[name], "true", StringComparison.OrdinalIgnoreCase) || this[name] == "1";

    public string? Email(string name = "email") => this[name] is { } email && PeopleLedger.IsAddress(email) ? email : null;

    /// <summary>An address that may be fetched or linked to.</summary>
    public string? Url(string name) => Web(this[name]);

    public static string? Web(string? text) => text is { Length: <= LongestUrl } && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == "https" ? uri.AbsoluteUri : null;

    /// <summary>The first of them that says something, on one line and not longer than a name is here.</summary>
    public string Name(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (this[name] is { } text && Line(text) is { Length: > 0 } line) return line;
        return "";
    }

    /// <summary>A value within one that is an object.</summary>
    public string? Within(string name, params ReadOnlySpan<string> path) => this[name] is { } json ? In(json, path) : null;

    private static string? In(string json, ReadOnlySpan<string> path)
    {
        if (json[0] != '{') return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var at = document.RootElement;
            foreach (var step in path)
                if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(step, out at)) return null;
            return at.ValueKind switch { JsonValueKind.String => at.GetString(), JsonValueKind.True => "true", JsonValueKind.False => "false", _ => null };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Line(string text)
    {
        var line = string.Concat(BidiControls.Strip(text).Where(c => !char.IsControl(c))).Trim();
        return line.Length <= PersonName.MaxLength ? line : StringInfo.GetNextTextElement(line).Length > PersonName.MaxLength ? "" : Cut(line);
    }

    /// <summary>Not through the middle of a letter.</summary>
    private static string Cut(string line)
    {
        var end = 0;
        while (end + StringInfo.GetNextTextElementLength(line, end) is var next && next <= PersonName.MaxLength) end = next;
        return line[..end].TrimEnd();
    }
}
