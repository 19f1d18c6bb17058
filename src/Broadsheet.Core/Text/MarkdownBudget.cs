using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;

namespace Broadsheet.Core.Text;

/// <summary>
/// Counts what the reading of links may cost. Behind each <c>](</c> and each bare address the parser looks for the end, as far as the
/// paragraph goes: without a limit, 200 KB of <c>[a](</c> take 15 seconds. It takes no character; those behind it read on.
/// </summary>
internal sealed class MarkdownBudget : InlineParser
{
    /// <summary>Characters looked at; about half a second. 2,000 links in one paragraph of 100,000 characters stay within it.</summary>
    private const long Limit = 200_000_000;

    private static readonly object Key = new();

    public MarkdownBudget() => OpeningCharacters = [']', 'h', 'w'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (slice.CurrentChar == ']' ? slice.PeekChar() != '(' : !slice.Match("http") && !slice.Match("www.")) return false;
        var spent = (processor.Document.GetData(Key) as long? ?? 0) + slice.Length;
        if (spent > Limit) throw new MarkdownBudgetException();
        processor.Document.SetData(Key, spent);
        return false;
    }

    public sealed class Extension : IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.InlineParsers.Insert(0, new MarkdownBudget());

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
        {
            // It reads only.
        }
    }
}

/// <summary>A text that would take far longer to read than any that is meant to be read.</summary>
internal sealed class MarkdownBudgetException() : Exception("The Markdown takes too long to read.");
