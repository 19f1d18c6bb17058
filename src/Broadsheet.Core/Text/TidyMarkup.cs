using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>
/// The first of the sanitiser's two locks. Rewrites any text as well-nested markup of allow-listed elements, so that the parser
/// behind it builds exactly the tree that is written: no nesting deeper than <see cref="MaxDepth"/>, no foreign content, no
/// comments, no misnesting for a second parse to read differently (mutation XSS), and no input on which a parser is quadratic.
/// Values and text are passed on as written; deciding about them is the second lock's work.
/// </summary>
internal sealed partial class TidyMarkup
{
    public const int MaxDepth = 100;

    // Replacing a node costs AngleSharp a search among its siblings (else O(n²)); no page has more.
    private const int MaxMedia = 5_000;

    private static readonly HtmlTag A = HtmlTag.Of("a"), P = HtmlTag.Of("p"), Li = HtmlTag.Of("li"), Dt = HtmlTag.Of("dt"), Dd = HtmlTag.Of("dd");
    private static readonly HtmlTag Br = HtmlTag.Of("br"), Rt = HtmlTag.Of("rt"), Rp = HtmlTag.Of("rp"), Div = HtmlTag.Of("div"), Address = HtmlTag.Of("address");

    private readonly TidyOptions _options;
    private readonly StringBuilder _out;
    private readonly int[] _dropped = new int[HtmlTag.Count];
    private int _media;
    private bool _moreKept;

    private TidyMarkup(TidyOptions options, int length)
    {
        _options = options;
        _out = new StringBuilder(length + 64);
    }

    public static string Of(string markup, TidyOptions options)
    {
        var tidy = new TidyMarkup(options, markup.Length);
        tidy.Run(markup);
        tidy.CloseAll();
        return tidy._out.ToString();
    }

    private void Run(string markup)
    {
        var scanner = new MarkupScanner(markup);
        while (scanner.Read())
        {
            switch (scanner.Token)
            {
                case MarkupToken.Text:
                    Text(scanner.Inner);
                    break;
                case MarkupToken.Comment:
                    Comment(scanner.Inner);
                    break;
                case MarkupToken.EndTag when scanner.Tag?.Successor is { } tag:
                    End(tag);
                    break;
                case MarkupToken.StartTag when scanner.Tag?.Successor is { } tag:
                    Start(tag, ref scanner);
                    break;
                default:
                    if (_options.ShowUnknown) Text(scanner.Raw);
                    break;
            }
        }
    }

    private void Start(HtmlTag tag, ref MarkupScanner scanner)
    {
        var attributes = scanner.Tag is { Name: "center" } ? "align=center" : scanner.Inner;
        if (_options.Policy.KeepsMedia && tag.Name is ("iframe" or "embed" or "object")) Embed(attributes);
        if (tag.Is(TagTraits.RawText)) scanner.ReadRawContent(tag.Name);
        else if (tag.Is(TagTraits.EscapableText)) Text(scanner.ReadRawContent(tag.Name));
        else if (tag.Is(TagTraits.Foreign)) SkipForeign(tag, ref scanner);
        else if (_options.Policy.Allows(tag)) Element(tag, attributes, scanner.SelfClosing);
        else if (tag.Is(TagTraits.ClosesParagraph)) CloseParagraph();
    }

    private void Element(HtmlTag tag, ReadOnlySpan<char> attributes, bool selfClosing)
    {
        if (tag.Name is "img" or "picture" or "audio" or "video" or "source" && ++_media > MaxMedia) return;
        if (tag == A)
        {
            _pending.RemoveAll(static p => p.Tag == A);
            if (_openCount[A.Index] > 0 && !CloseThrough(A)) return;
        }

        if (!FitTable(tag)) return;
        CloseImplied(tag);
        if (tag.Is(TagTraits.Void))
        {
            if (!tag.Is(TagTraits.ClosesParagraph | TagTraits.TablePart)) Reopen();
            WriteStart(tag, attributes);
            return;
        }

        if (_open.Count >= MaxDepth)
        {
            _dropped[tag.Index]++;
            return;
        }

        if (!tag.Is(TagTraits.ClosesParagraph | TagTraits.TablePart)) Reopen();
        Push(tag, attributes);
        // An old anchor, <a name="x"/>: meant as a point, read by HTML as a link round all that follows.
        if (selfClosing && tag == A && !attributes.Contains("href", StringComparison.OrdinalIgnoreCase)) Pop(reopen: false);
    }

    private void CloseImplied(HtmlTag tag)
    {
        if (tag.Is(TagTraits.ClosesParagraph)) CloseParagraph();
        if (tag.Is(TagTraits.Heading) && Current is { } current && current.Is(TagTraits.Heading)) Pop(reopen: true);
        if (tag == Li) CloseItem(Li, Li);
        else if (tag == Dt || tag == Dd) CloseItem(Dt, Dd);
        else if (tag == Rt || tag == Rp)
        {
            while (Current is { } last && (last == Rt || last == Rp || last == P)) Pop(reopen: true);
        }
    }

    private void CloseItem(HtmlTag one, HtmlTag other)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var tag = _open[i].Tag;
            if (tag == one || tag == other)
            {
                PopTo(i);
                break;
            }

            if (tag.Is(TagTraits.Special) && tag != Address && tag != Div && tag != P) break;
        }

        CloseParagraph();
    }

    private void CloseParagraph()
    {
        if (_openCount[P.Index] > 0) CloseThrough(P);
    }

    private void End(HtmlTag tag)
    {
        if (tag == Br)
        {
            Element(Br, default, selfClosing: false);
            return;
        }

        if (_dropped[tag.Index] > 0)
        {
            _dropped[tag.Index]--;
            return;
        }

        if (_pending.Count > 0)
        {
            var waiting = _pending.FindLastIndex(p => p.Tag == tag);
            if (waiting >= 0)
            {
                _pending.RemoveAt(waiting);
                return;
            }
        }

        if (_openCount[tag.Index] > 0) CloseThrough(tag);
    }
}
