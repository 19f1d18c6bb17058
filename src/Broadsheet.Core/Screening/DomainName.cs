using System.Globalization;

namespace Broadsheet.Core.Screening;

/// <summary>Names of domains for comparison: lower case, ASCII (IDNA).</summary>
public static class DomainName
{
    private static readonly IdnMapping Idn = new();

    /// <returns>Null where it is no name of a domain, or one without a dot.</returns>
    public static string? Read(string text)
    {
        text = text.Trim().TrimEnd('.').ToLowerInvariant();
        if (text.Length is 0 or > 253 || !text.Contains('.', StringComparison.Ordinal)) return null;
        try
        {
            var ascii = Ascii(text) ? text : Idn.GetAscii(text);
            return Uri.CheckHostName(ascii) == UriHostNameType.Dns ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The domain, and each that it lies below, but top-level ones.</summary>
    /// <param name="domain">As <see cref="Read"/> gives it.</param>
    public static IEnumerable<string> WithParents(string domain)
    {
        for (var at = 0; domain.IndexOf('.', at) is > 0 and var dot; at = dot + 1) yield return domain[at..];
    }

    private static bool Ascii(string text) => System.Text.Ascii.IsValid(text);
}
