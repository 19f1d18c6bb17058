using System.Buffers;
using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>Decides which addresses may stand in a link or name a picture. What a browser would not read the same way is refused.</summary>
internal static class SafeAddress
{
    public const int MaxLength = 4_096;

    private static readonly SearchValues<char> Escaped = SearchValues.Create("\\\"<>`{}|^ ");

    /// <summary>An address for a link: http, https, mailto, or within this publication. Null when refused.</summary>
    public static string? Link(string written)
    {
        if (Clean(written) is not { } address) return null;
        if (IsProtocolRelative(address)) address = "https:" + address;
        return Scheme(address) switch
        {
            "" => address,
            "http" or "https" => IsWeb(address) ? address : null,
            "mailto" => address.Length > "mailto:".Length ? address : null,
            _ => null,
        };
    }

    /// <summary>An address for a picture, sound or film: within this publication, or of an allowed host. Null when refused.</summary>
    public static string? Media(string written, IReadOnlySet<string> allowedHosts)
    {
        if (Link(written) is not { } address || address.StartsWith('#')) return null;
        var scheme = Scheme(address);
        if (scheme.Length == 0) return address;
        return scheme != "mailto" && Host(address) is { } host && allowedHosts.Contains(host) ? address : null;
    }

    /// <summary>Keeps of a srcset (WHATWG HTML §4.8.4.3.12) the candidates that <see cref="Media"/> allows. Null when none is left.</summary>
    public static string? SourceSet(string written, Func<string, string?> media)
    {
        var kept = new StringBuilder();
        var at = 0;
        while (at < written.Length)
        {
            while (at < written.Length && (MarkupScanner.IsSpace(written[at]) || written[at] == ',')) at++;
            var from = at;
            while (at < written.Length && !MarkupScanner.IsSpace(written[at])) at++;
            var url = written.AsSpan(from, at - from);
            var descriptor = ReadOnlySpan<char>.Empty;
            if (url.EndsWith(",")) url = url.TrimEnd(',');
            else
            {
                from = at;
                while (at < written.Length && written[at] != ',') at++;
                descriptor = written.AsSpan(from, at - from).Trim();
            }

            if (url.IsEmpty || !IsDescriptor(descriptor) || media(url.ToString()) is not { } address || address.Contains(',', StringComparison.Ordinal)) continue;
            kept.Append(kept.Length > 0 ? ", " : "").Append(address);
            if (!descriptor.IsEmpty) kept.Append(' ').Append(descriptor);
        }

        return kept.Length > 0 ? kept.ToString() : null;
    }

    /// <summary>The host of an absolute web address, in lower case, without port; null for any other.</summary>
    public static string? Host(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0) return null;
        try
        {
            return uri.IdnHost.ToLowerInvariant();
        }
        catch (UriFormatException)
        {
            // TryCreate lets hosts through that IDNA forbids; only asking for the name finds out.
            return null;
        }
    }

    private static bool IsWeb(string address)
    {
        var rest = address.AsSpan(address.IndexOf(':') + 1);
        return rest.StartsWith("//", StringComparison.Ordinal) && rest.Length > 2 && rest[2] is not ('/' or '?' or '#') && Host(address) is not null;
    }

    private static bool IsProtocolRelative(string address) => address.StartsWith("//", StringComparison.Ordinal);

    // Lower case; "" when there is none. A colon before any of "/?#" makes a scheme of whatever stands before it.
    private static string Scheme(string address)
    {
        var at = address.AsSpan().IndexOfAny(":/?#");
        return at < 0 || address[at] != ':' ? "" : at == 0 ? ":" : address[..at].ToLowerInvariant();
    }

    // As a browser reads it: tabs and newlines vanish, spaces at the ends too. A backslash is a slash to a browser, so it is escaped.
    private static string? Clean(string written)
    {
        var plain = written.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0 && !written.AsSpan().ContainsAny(Escaped);
        if (written.Length > MaxLength) return null;
        if (plain) return written.Length == 0 ? null : written;
        var clean = new StringBuilder(written.Length + 8);
        foreach (var c in written.AsSpan().Trim("\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f "))
        {
            if (c is '\t' or '\n' or '\r') continue;
            if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2069')) return null;
            if (Escaped.Contains(c)) clean.Append(System.Globalization.CultureInfo.InvariantCulture, $"%{(int)c:X2}");
            else clean.Append(c);
        }

        return clean.Length is 0 or > MaxLength ? null : clean.ToString();
    }

    private static bool IsDescriptor(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return true;
        if (text.Length > 10 || text[^1] is not ('w' or 'x')) return false;
        foreach (var c in text[..^1])
        {
            if (!char.IsAsciiDigit(c) && c != '.') return false;
        }

        return text.Length > 1;
    }
}
