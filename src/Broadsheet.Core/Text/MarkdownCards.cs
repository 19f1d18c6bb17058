using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Broadsheet.Core.Text;

/// <summary>A paragraph of nothing but the address of a film or a post elsewhere becomes the card that rich text makes of it.</summary>
internal sealed class MarkdownCards : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.DocumentProcessed += static document =>
    {
        foreach (var block in document)
            if (block is ParagraphBlock { Inline: { FirstChild: { } only } } && only.NextSibling is null && AddressOf(only) is { } address && CardTitle.Of(address) is { } title && EmbedLink.From(address) is { } link)
                only.ReplaceBy(Card(link.Address, title), copyChildren: false);
    };

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
    }

    private static string? AddressOf(Inline inline) => inline switch
    {
        AutolinkInline { IsEmail: false } written => written.Url,
        LinkInline { IsAutoLink: true, Url: { } found } => found,
        _ => null,
    };

    private static LinkInline Card(string address, string title)
    {
        var card = new LinkInline(address, "");
        card.AppendChild(new LiteralInline(title));
        card.GetAttributes().AddClass(MarkupPolicy.EmbedClass);
        return card;
    }
}
