namespace Broadsheet.Core.Publishing;

/// <summary>A word in the masthead and where it leads.</summary>
/// <param name="Url">A path from <c>/</c>, or an absolute address (http, https).</param>
public sealed record MenuEntry(string Text, string Url)
{
    /// <summary>UTF-16 code units.</summary>
    public const int MaxTextLength = 60;
    public const int MaxUrlLength = 500;

    /// <summary>Entries of one menu.</summary>
    public const int Most = 20;

    /// <returns>The entry, or a problem of the field <c>text</c> or <c>url</c>.</returns>
    public static Outcome<MenuEntry> Create(string? text, string? url)
    {
        (text, url) = (text?.Trim() ?? "", url?.Trim() ?? "");
        if (text.Length is 0 or > MaxTextLength || text.Any(char.IsControl)) return new Problem("text", $"Give words on one line of at most {MaxTextLength} characters.");
        var isPath = url.Length > 0 && url[0] == '/' && !url.StartsWith("//", StringComparison.Ordinal) && !url.Contains('\\', StringComparison.Ordinal);
        var isWhole = Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && uri.UserInfo.Length == 0;
        if (url.Length is 0 or > MaxUrlLength || url.Any(c => char.IsControl(c) || c == ' ') || !(isPath || isWhole)) return new Problem("url", "Give an address such as /about/, or a whole one that begins with https://.");
        return new MenuEntry(text, url);
    }
}
