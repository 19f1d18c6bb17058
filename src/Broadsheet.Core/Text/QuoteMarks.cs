namespace Broadsheet.Core.Text;

/// <summary>The quotation marks of a language (Unicode CLDR delimiters; French with the narrow no-break space that its printers set).</summary>
internal sealed record QuoteMarks(string Open, string Close, string InnerOpen, string InnerClose)
{
    private static readonly QuoteMarks English = new("“", "”", "‘", "’");
    private static readonly QuoteMarks German = new("„", "“", "‚", "‘");
    private static readonly QuoteMarks Swedish = new("”", "”", "’", "’");
    private static readonly QuoteMarks Spanish = new("«", "»", "“", "”");
    private static readonly QuoteMarks French = new("«\u202F", "\u202F»", "“", "”");
    private static readonly QuoteMarks Russian = new("«", "»", "„", "“");
    private static readonly QuoteMarks Norwegian = new("«", "»", "‘", "’");
    private static readonly QuoteMarks Polish = new("„", "”", "‚", "’");
    private static readonly QuoteMarks Hungarian = new("„", "”", "»", "«");

    /// <summary>For a language tag (BCP 47: <c>de</c>, <c>de-AT</c>, <c>de_AT</c>); English marks for a language that is not listed.</summary>
    public static QuoteMarks For(string language)
    {
        var end = language.AsSpan().IndexOfAny('-', '_');
        var primary = (end < 0 ? language : language[..end]).ToLowerInvariant();
        return primary switch
        {
            "de" or "cs" or "sk" or "sl" or "is" or "bg" or "lt" or "et" => German,
            "sv" or "fi" => Swedish,
            "es" or "it" or "ca" or "gl" or "el" => Spanish,
            "fr" => language.EndsWith("CH", StringComparison.OrdinalIgnoreCase) ? Spanish : French,
            "ru" or "uk" or "be" => Russian,
            "nb" or "nn" or "no" => Norwegian,
            "pl" or "ro" or "hr" => Polish,
            "hu" => Hungarian,
            _ => English,
        };
    }
}
