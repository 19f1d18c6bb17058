using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>Says in one line what the XML parser found.</summary>
internal static partial class WxrXmlErrors
{
    public static WxrFormatException Explain(XmlException error, string fileName)
    {
        var text = WithoutPlace(error);
        var what = ForbiddenCharacter().Match(text) is { Success: true } bad
            ? $"character U+{int.Parse(bad.Groups["code"].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture):X4} is not allowed in XML"
            : Say(text);
        return new WxrFormatException(fileName, new WxrError(error.LineNumber, error.LinePosition, what), error);
    }

    private static string Say(string text)
    {
        if (UndeclaredEntity().Match(text) is { Success: true } entity)
            return $"the entity &{entity.Groups["name"].Value}; is not one of XML's own five, and others are never read";
        if (text.StartsWith("An error occurred while parsing EntityName", StringComparison.Ordinal))
            return "an & that begins no entity (it must be written &amp;)";
        if (UnclosedElements().Match(text) is { Success: true } open)
            return $"the file ends too early: not closed are {open.Groups["names"].Value}";
        if (text.StartsWith("Unexpected end of file", StringComparison.Ordinal) || text.StartsWith("Unexpected end tag", StringComparison.Ordinal))
            return "the file ends too early";
        return text.Length > 1 && char.IsUpper(text[0]) && !char.IsUpper(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }

    /// <summary>The parser ends its message with the place, which the caller writes in front.</summary>
    private static string WithoutPlace(XmlException error)
    {
        var text = error.Message;
        var place = text.LastIndexOf(" Line ", StringComparison.Ordinal);
        if (place > 0) text = text[..place];
        return string.Concat(text.TrimEnd('.', ' ').Select(c => char.IsControl(c) ? ' ' : c));
    }

    [GeneratedRegex("hexadecimal value 0x(?<code>[0-9A-Fa-f]{1,4}), is an invalid character", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ForbiddenCharacter();

    [GeneratedRegex("^Reference to undeclared entity '(?<name>[^']{1,60})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UndeclaredEntity();

    [GeneratedRegex("The following elements are not closed: (?<names>.{1,200})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnclosedElements();
}
