using Markdig;

namespace Broadsheet.Core.Text;

/// <summary>Markdown to markup. HTML in it stays and is cleaned like any other.</summary>
internal static class MarkdownBody
{
    // Immutable once built, and safe on any thread.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseFootnotes().UseAutoLinks().UseEmphasisExtras().UseAbbreviations().UseDefinitionLists().UseSmartyPants()
        .Build();

    public static string ToMarkup(string markdown) => Markdown.ToHtml(markdown, Pipeline);
}
