namespace Broadsheet.Core.Publishing;

public enum RedirectKind
{
    /// <summary>301: search engines and browsers remember it.</summary>
    Moved = 0,

    /// <summary>302: for the time being.</summary>
    Temporary = 1,

    /// <summary>410: taken away on purpose; search engines forget it soon.</summary>
    Gone = 2,
}

/// <summary>
/// Where readers are sent who come by an address at which nothing is. A star at the end of both addresses stands for any rest. Letter case and a slash at the end make no difference;
/// a rule with a query is for that query alone.
/// </summary>
/// <param name="From">Decoded path from <c>/</c>, without a slash at the end, with its query where it has one.</param>
/// <param name="To">Path from <c>/</c>, or an absolute address (http, https); empty where it is gone.</param>
public sealed record RedirectRule(string From, string To, RedirectKind Kind)
{
    /// <summary>UTF-16 code units of either address.</summary>
    public const int MaxLength = 500;

    /// <summary>Rooms of the program, where a rule would shut out the staff, readers' accounts or programs.</summary>
    private static readonly string[] Reserved = ["/newsroom", "/account", "/wp-json", "/assets", "/setup", "/healthz", "/readyz"];

    private const string Problems = "Give an address of this publication, such as /old-page/ or /old/*.";

    public bool IsPrefix => From.EndsWith("/*", StringComparison.Ordinal);

    /// <param name="from">A path, or a whole address of which the path is taken.</param>
    /// <returns>The rule, or a problem of the field <c>from</c> or <c>to</c>.</returns>
    public static Outcome<RedirectRule> Create(string? from, string? to, RedirectKind kind)
    {
        if (Normalise(from) is not { } source) return new Problem("from", Problems);
        if (source == "/*" || source == "/") return new Problem("from", "The front page is always there: it cannot lead elsewhere.");
        if (Array.Exists(Reserved, r => source == r || source.StartsWith(r + "/", StringComparison.OrdinalIgnoreCase))) return new Problem("from", "Addresses below this one belong to the program: they cannot lead elsewhere.");
        if (kind == RedirectKind.Gone) return new RedirectRule(source, "", kind);
        to = to?.Trim() ?? "";
        if (to.Length is 0 or > MaxLength || to.Any(char.IsControl) || !IsTarget(to)) return new Problem("to", "Give where it leads: an address such as /new-page/, or a whole one that begins with https://.");
        var rule = new RedirectRule(source, to, kind);
        if (to.EndsWith("/*", StringComparison.Ordinal) && !rule.IsPrefix) return new Problem("to", "A star stands for what the star of the old address stands for: there is none.");
        if (to[0] == '/' && rule.Leads(Normalise(to) ?? "")) return new Problem("to", "It would lead to itself.");
        return rule;
    }

    /// <summary>The path as rules have it.</summary>
    /// <returns>Null for what is no path.</returns>
    public static string? Normalise(string? address)
    {
        address = address?.Trim() ?? "";
        if (address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            address = Uri.TryCreate(address, UriKind.Absolute, out var whole) ? whole.PathAndQuery : "";
        if (address.IndexOf('#', StringComparison.Ordinal) is var hash and >= 0) address = address[..hash];
        if (address.Length is 0 or > MaxLength || address[0] != '/' || address.StartsWith("//", StringComparison.Ordinal) || address.Any(char.IsControl)) return null;
        var (path, query) = address.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? (address[..mark], address[mark..]) : (address, "");
        path = Uri.UnescapeDataString(path);
        if (path.Contains('\0', StringComparison.Ordinal)) return null;
        var trimmed = path.TrimEnd('/');
        return $"{(trimmed.Length == 0 ? "/" : trimmed)}{(query.Length > 1 ? query : "")}";
    }

    /// <param name="path">As <see cref="Normalise"/> has it.</param>
    public bool Leads(string path) => IsPrefix
        ? path.StartsWith(From[..^1], StringComparison.OrdinalIgnoreCase) || string.Equals(path, From[..^2], StringComparison.OrdinalIgnoreCase)
        : string.Equals(path, From, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where this path leads, percent-encoded.</summary>
    /// <param name="path">One that it <see cref="Leads"/>.</param>
    public string TargetOf(string path)
    {
        if (!To.EndsWith("/*", StringComparison.Ordinal)) return To;
        var rest = path.Length > From.Length - 1 ? path[(From.Length - 1)..] : "";
        var target = $"{To[..^1]}{string.Join('/', rest.Split('/').Select(Uri.EscapeDataString))}";
        return target.EndsWith('/') || rest.Contains('.', StringComparison.Ordinal) ? target : $"{target}/";
    }

    private static bool IsTarget(string to) => to[0] == '/' ? !to.StartsWith("//", StringComparison.Ordinal) && !to.Contains('\\', StringComparison.Ordinal)
        : Uri.TryCreate(to, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && uri.UserInfo.Length == 0;
}
