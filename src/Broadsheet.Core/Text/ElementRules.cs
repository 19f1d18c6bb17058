using AngleSharp.Dom;

namespace Broadsheet.Core.Text;

/// <summary>Decides about the values: which addresses, classes, ids and numbers an element may keep.</summary>
internal sealed class ElementRules(MarkupPolicy policy, IReadOnlySet<string> allowedMediaHosts)
{
    private const int MaxText = 2_000;
    private static readonly string[] CommenterRel = ["nofollow", "ugc", "noopener"];
    private static readonly string[] KnownRel = ["nofollow", "ugc", "sponsored", "noopener", "noreferrer", "external", "license", "author", "tag"];
    private static readonly string[] Roles = ["img", "note", "doc-noteref", "doc-backlink", "doc-endnotes", "presentation"];

    public void Apply(IElement element)
    {
        var own = policy.Attributes.GetValueOrDefault(element.LocalName);
        for (var i = element.Attributes.Length - 1; i >= 0; i--)
        {
            var attribute = element.Attributes[i]!;
            var name = attribute.Name;
            var value = own is not null && own.Contains(name) ? Value(element, name, attribute.Value) : null;
            if (value is null) element.RemoveAttribute(name);
            else if (value != attribute.Value) element.SetAttribute(name, value);
        }

        if (element.LocalName == "a") MarkLink(element);
        if (element.LocalName == "img" && !element.HasAttribute("alt")) element.SetAttribute("alt", "");
    }

    private string? Value(IElement element, string name, string value) => name switch
    {
        "href" => SafeAddress.Link(value) is { } address ? SafeNames.Fragment(address, policy.KeepsMedia) : null,
        "cite" => SafeAddress.Link(value),
        "src" or "poster" => SafeAddress.Media(value, allowedMediaHosts),
        "srcset" => SafeAddress.SourceSet(value, address => SafeAddress.Media(address, allowedMediaHosts)),
        "class" => SafeNames.Classes(value),
        "id" => SafeNames.Id(value),
        "rel" => value,
        "lang" or "hreflang" or "srclang" => IsLanguage(value) ? value : null,
        "dir" => OneOf(value, "ltr", "rtl", "auto"),
        "role" => Array.IndexOf(Roles, value) >= 0 ? value : null,
        "loading" => OneOf(value, "lazy", "eager"),
        "decoding" => OneOf(value, "async", "sync", "auto"),
        "preload" => OneOf(value, "none", "metadata"),
        "scope" => OneOf(value, "row", "col", "rowgroup", "colgroup"),
        "kind" => OneOf(value, "subtitles", "captions", "descriptions", "chapters"),
        "type" => element.LocalName == "ol" ? value is "1" or "a" or "A" or "i" or "I" ? value : null : IsMediaType(value) ? value : null,
        "width" or "height" or "colspan" or "rowspan" or "span" => Number(value),
        "start" or "value" => int.TryParse(value, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n.ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
        "controls" or "loop" or "muted" or "playsinline" or "default" or "open" or "reversed" => "",
        _ => value.Length <= MaxText ? value : null,
    };

    private void MarkLink(IElement link)
    {
        if (!link.HasAttribute("href"))
        {
            link.RemoveAttribute("rel");
            return;
        }

        if (!policy.VouchesForLinks)
        {
            link.SetAttribute("rel", string.Join(' ', CommenterRel));
            return;
        }

        var rel = (link.GetAttribute("rel") ?? "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(r => Array.IndexOf(KnownRel, r) >= 0).Distinct(StringComparer.Ordinal).ToList();
        if (SafeAddress.Host(link.GetAttribute("href")!) is not null && !rel.Contains("noopener")) rel.Add("noopener");
        if (rel.Count == 0) link.RemoveAttribute("rel");
        else link.SetAttribute("rel", string.Join(' ', rel));
    }

    private static string? OneOf(string value, params ReadOnlySpan<string> allowed)
    {
        foreach (var one in allowed)
        {
            if (one.Equals(value.Trim(), StringComparison.OrdinalIgnoreCase)) return one;
        }

        return null;
    }

    private static string? Number(string value)
    {
        var digits = value.AsSpan().Trim();
        if (digits.EndsWith("px", StringComparison.OrdinalIgnoreCase)) digits = digits[..^2].TrimEnd();
        return digits.Length is > 0 and <= 5 && int.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0
            ? number.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }

    private static bool IsLanguage(string value) => value.Length is > 0 and <= 35 && value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool IsMediaType(string value) => value.Length is > 2 and <= 100 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '+' or '.' or ';' or '=' or ',' or '"' or ' ');
}
