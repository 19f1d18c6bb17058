using System.Text;
using Markdig;

namespace Broadsheet.Core.Text;

/// <summary>Markdown to markup. HTML in it stays and is cleaned like any other.</summary>
internal static class MarkdownBody
{
    // Immutable once built, and safe on any thread.
    private static readonly MarkdownPipeline Pipeline = Build(cards: true);
    private static readonly MarkdownPipeline WithoutCards = Build(cards: false);

    /// <summary>
    /// UTF-16 code units. Markdig's time grows with the square of some texts (lists of link definitions most of all): at this length none of
    /// those tried took more than three seconds.
    /// </summary>
    public const int MaxLength = 200_000;

    /// <param name="cards">Whether the address of a film alone in its paragraph becomes a card.</param>
    /// <param name="problem">Null where it could be read; else why not, and the text is given back as it was written, in a box.</param>
    public static string ToMarkup(string markdown, bool cards, out Problem? problem)
    {
        try
        {
            problem = markdown.Length > MaxLength ? new Problem("body", $"This text is too long for Markdown: {markdown.Length:N0} characters; up to {MaxLength:N0} fit. HTML may be longer.") : null;
            if (problem is null) return Markdown.ToHtml(markdown, cards ? Pipeline : WithoutCards);
        }
        catch (MarkdownBudgetException)
        {
            problem = new Problem("body", "This Markdown cannot be read: one of its paragraphs has very many links, or what begins like one, such as [words](. Part the paragraph, or write a backslash before the brackets.");
        }
        catch (ArgumentException deep) when (deep.Message.Contains("deeply nested", StringComparison.Ordinal))
        {
            problem = new Problem("body", "This Markdown cannot be read: it is nested too deeply. Look for long runs of >, *, _ or [, and write a backslash before those that are meant as they stand.");
        }

        var text = new StringBuilder("<pre>");
        MarkupWriter.Escape(text, markdown, quote: false);
        return text.Append("</pre>").ToString();
    }

    private static MarkdownPipeline Build(bool cards)
    {
        var pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseFootnotes().UseAutoLinks().UseEmphasisExtras().UseAbbreviations().UseDefinitionLists().UseSmartyPants();
        if (cards) pipeline.Extensions.Add(new MarkdownCards());
        // Last of the extensions, so that it stands before the parsers that the others put first.
        pipeline.Extensions.Add(new MarkdownBudget.Extension());
        return pipeline.Build();
    }
}
