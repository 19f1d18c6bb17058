using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>
/// Gives a <c>dir</c> to the blocks whose first letter runs against what surrounds them: an Arabic paragraph in an English article. All others
/// carry none, so pages stay small. Each block is judged as <c>dir="auto"</c> judges it; what it comes to is written out, since lists and
/// quotations pass it on to what is in them.
/// </summary>
internal static class BlockDirections
{
    private const string Turned = " dir=\"rtl\"", Straight = " dir=\"ltr\"";

    /// <param name="html">As the sanitiser or <see cref="Paragraphs"/> writes it: well nested, all ends written.</param>
    /// <param name="isRightToLeft">Whether what surrounds it is.</param>
    public static SafeHtml Mark(SafeHtml html, bool isRightToLeft)
    {
        var markup = html.Value;
        if (!isRightToLeft && !WritingDirection.MayTurn(markup)) return html;
        var blocks = Read(markup);
        StringBuilder? marked = null;
        var done = 0;
        foreach (var block in blocks)
        {
            var around = block.Around?.Shown ?? isRightToLeft;
            block.Shown = block.Direction ?? around;
            if (block.Shown == around || block.IsTold) continue;
            (marked ??= new StringBuilder(markup.Length + 64)).Append(markup, done, block.TagEnd - done).Append(block.Shown ? Turned : Straight);
            done = block.TagEnd;
        }

        return marked is null ? html : new SafeHtml(marked.Append(markup, done, markup.Length - done).ToString());
    }

    /// <summary>All blocks in their order, each with the direction of its first letter.</summary>
    private static List<Block> Read(string markup)
    {
        var all = new List<Block>();
        var open = new Stack<Block>();
        var unheard = 0;
        var scanner = new MarkupScanner(markup);
        while (scanner.Read())
        {
            if (scanner.Token == MarkupToken.Text)
            {
                if (unheard == 0 && open.Count > 0) Tell(open, scanner.Inner);
            }
            else if (scanner.Tag is not { } tag || tag.Is(TagTraits.Void)) continue;
            else if (scanner.Token == MarkupToken.StartTag)
            {
                var told = Told(scanner.Inner);
                // As dir="auto" does; and an address says nothing of the words around it.
                if (unheard > 0 || tag.Name == "bdi" || KindOf(tag) == Kind.None && told is not null || tag.Name == "a" && scanner.Inner.Contains(MarkupPolicy.EmbedClass, StringComparison.Ordinal)) unheard++;
                if (KindOf(tag) is var kind && kind == Kind.None) continue;
                var block = new Block(tag, kind, open.TryPeek(out var around) ? around : null, scanner.Position - 1, told is not null) { Direction = told switch { "rtl" => true, "ltr" => false, _ => null } };
                all.Add(block);
                open.Push(block);
            }
            else
            {
                if (unheard > 0) unheard--;
                if (open.TryPeek(out var block) && block.Tag == tag) open.Pop();
            }
        }

        return all;
    }

    /// <summary>A letter tells of the block it stands in, and of the lists and quotations around that, up to one that says its own direction.</summary>
    private static void Tell(Stack<Block> open, ReadOnlySpan<char> text)
    {
        var isInnermost = true;
        bool? direction = null;
        foreach (var block in open)
        {
            if (block.Direction is null && (isInnermost || block.Kind == Kind.Holder))
            {
                direction ??= WritingDirection.Of(text.Contains('&') ? PlainText.Decode(text.ToString()) : text);
                if (direction is null) return;
                block.Direction = direction;
            }

            if (block.IsTold) return;
            isInnermost = false;
        }
    }

    private static string? Told(ReadOnlySpan<char> attributes)
    {
        if (!attributes.Contains("dir=", StringComparison.Ordinal)) return null;
        var reader = new AttributeReader(attributes);
        while (reader.Read())
            if (reader.Name is "dir") return reader.Value.ToString();
        return null;
    }

    private static Kind KindOf(HtmlTag tag) => tag.Name switch
    {
        "ul" or "ol" or "li" or "dl" or "dd" or "blockquote" or "details" => Kind.Holder,
        "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "dt" or "td" or "th" or "caption" or "figcaption" or "summary" or "pre" or "address" or "div" or "section" or "article" or "aside" or "header" or "footer" => Kind.Words,
        _ => Kind.None,
    };

    private enum Kind
    {
        None,

        /// <summary>Turned by letters of its own.</summary>
        Words,

        /// <summary>Turned by the first letter in it, and so are its mark, its rule and its indent.</summary>
        Holder,
    }

    /// <param name="TagEnd">Where the "&gt;" of its start tag stands.</param>
    /// <param name="IsTold">It has a <c>dir</c> already.</param>
    private sealed record Block(HtmlTag Tag, Kind Kind, Block? Around, int TagEnd, bool IsTold)
    {
        public bool? Direction { get; set; }

        public bool Shown { get; set; }
    }
}
