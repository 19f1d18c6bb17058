using AngleSharp.Dom;

namespace Broadsheet.Core.Text;

/// <summary>
/// Old ways to say what a class says today: <c>align</c>, <c>style="text-align:…"</c> or <c>float</c>, <c>&lt;a name&gt;</c>,
/// pictures whose address waits in a <c>data-</c> attribute for a script, and those of old cover blocks. The policy forbids inline style; its meaning stays.
/// </summary>
internal static class LegacyMarkup
{
    public static void Translate(IElement element)
    {
        if (element.LocalName == "img" && (element.GetAttribute("data-lazy-src") ?? element.GetAttribute("data-src")) is { Length: > 0 } waiting) element.SetAttribute("src", waiting);
        if (element.LocalName == "a" && element.GetAttribute("name") is { Length: > 0 } name && !element.HasAttribute("id")) element.SetAttribute("id", name);
        if (element.GetAttribute("align") is { } align) AddClass(element, Alignment(element, align));
        if (element.GetAttribute("style") is { Length: > 0 and < 2_000 } style) TranslateStyle(element, style);
    }

    private static void TranslateStyle(IElement element, string style)
    {
        foreach (var declaration in style.Split(';'))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) continue;
            var property = declaration.AsSpan(0, colon).Trim();
            var value = declaration[(colon + 1)..].Trim();
            if (property.Equals("text-align", StringComparison.OrdinalIgnoreCase)) AddClass(element, TextAlignment(value));
            else if (property.Equals("float", StringComparison.OrdinalIgnoreCase) && value.ToLowerInvariant() is "left" or "right") AddClass(element, "align" + value.ToLowerInvariant());
            else if (property.StartsWith("background", StringComparison.OrdinalIgnoreCase)) Cover(element, value);
        }
    }

    // A cover block of 2018 painted its picture as a background; today's holds an <img> of this class.
    private static void Cover(IElement element, string value)
    {
        var from = value.IndexOf("url(", StringComparison.OrdinalIgnoreCase);
        var to = from < 0 ? -1 : value.IndexOf(')', from);
        if (to < 0 || !element.ClassList.Contains("wp-block-cover") && !element.ClassList.Contains("wp-block-cover-image")) return;
        var picture = element.Owner!.CreateElement("img");
        picture.SetAttribute("class", "wp-block-cover__image-background");
        picture.SetAttribute("src", value[(from + 4)..to].Trim(' ', '"', '\''));
        picture.SetAttribute("alt", "");
        element.Prepend(picture);
    }

    private static string? Alignment(IElement element, string align) => element.LocalName switch
    {
        "img" or "table" or "figure" => align.ToLowerInvariant() switch
        {
            "left" => "alignleft",
            "right" => "alignright",
            "center" or "middle" => "aligncenter",
            _ => null,
        },
        _ => TextAlignment(align),
    };

    private static string? TextAlignment(string align) => align.ToLowerInvariant() switch
    {
        "left" or "start" => "has-text-align-left",
        "right" or "end" => "has-text-align-right",
        "center" => "has-text-align-center",
        _ => null,
    };

    private static void AddClass(IElement element, string? name)
    {
        if (name is null) return;
        var existing = element.GetAttribute("class");
        element.SetAttribute("class", string.IsNullOrEmpty(existing) ? name : $"{existing} {name}");
    }
}
