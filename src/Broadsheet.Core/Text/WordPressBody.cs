namespace Broadsheet.Core.Text;

/// <summary>What WordPress does to a stored body before it is shown, in its order; see the pieces for each.</summary>
internal static class WordPressBody
{
    public static string ToMarkup(string body, RenderContext context)
    {
        // WordPress too decides by this: a body with blocks has its paragraphs written out, one without gets them made.
        var hasBlocks = body.Contains("<!-- wp:", StringComparison.Ordinal);
        var markup = hasBlocks ? BlockComments.Expand(body) : body;
        markup = Shortcodes.Expand(markup, context);
        markup = EmbedLines.Expand(markup);
        markup = RunningText.Of(markup, new RunningTextOptions(QuoteMarks.For(context.Language)));
        return hasBlocks ? markup : Paragraphs.Of(markup);
    }
}
