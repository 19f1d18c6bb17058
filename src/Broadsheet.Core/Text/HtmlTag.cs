using System.Collections.Frozen;

namespace Broadsheet.Core.Text;

/// <summary>What the HTML parsing rules (WHATWG HTML §13.2) say of an element, as far as tidying needs it.</summary>
[Flags]
internal enum TagTraits
{
    None = 0,
    Void = 1,
    ClosesParagraph = 2,
    Formatting = 4,
    Heading = 8,
    Special = 16,
    TablePart = 32,
    RawText = 64,
    EscapableText = 128,
    Foreign = 256,
    Cell = 512,
    Nested = 1024,
}

/// <summary>A known element. Unknown names have none: they are text or dropped, by whoever reads them.</summary>
internal sealed record HtmlTag(string Name, int Index, TagTraits Traits)
{
    private const string Blocks = "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form header hgroup main menu nav ol p pre search section summary table ul li dd dt listing xmp plaintext hr";
    private const string Specials = "applet area base body br button caption col colgroup frame frameset head html iframe img input link marquee meta noembed noframes noscript object param script select source style tbody td template textarea tfoot th thead title tr track wbr";
    private const string Others = "abbr acronym audio bdi bdo canvas cite data datalist del dfn ins kbd label legend map mark math meter optgroup option output picture progress q rb rp rt rtc ruby samp slot span sub sup svg time var video applet bgsound blink command isindex keygen image nextid spacer embed basefont multicol nobr";

    private static readonly FrozenDictionary<string, HtmlTag> Known = Build();
    private static readonly FrozenDictionary<string, HtmlTag>.AlternateLookup<ReadOnlySpan<char>> BySpan = Known.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HtmlTag?[] Successors = Renamed();

    /// <summary>How many elements are known; every <see cref="Index"/> is below it.</summary>
    public static int Count => Known.Count;

    public static HtmlTag? Find(ReadOnlySpan<char> name) => BySpan.TryGetValue(name, out var tag) ? tag : null;

    public static HtmlTag Of(string name) => Known[name];

    /// <summary>The element that today's HTML has for an obsolete one; otherwise the element itself.</summary>
    public HtmlTag Successor => Successors[Index] ?? this;

    public bool Is(TagTraits traits) => (Traits & traits) != TagTraits.None;

    private static FrozenDictionary<string, HtmlTag> Build()
    {
        var traits = new SortedDictionary<string, TagTraits>(StringComparer.Ordinal);
        void Add(string names, TagTraits trait)
        {
            foreach (var name in names.Split(' '))
            {
                if (!traits.TryAdd(name, trait)) traits[name] |= trait;
            }
        }

        Add(Blocks, TagTraits.ClosesParagraph | TagTraits.Special);
        Add("h1 h2 h3 h4 h5 h6", TagTraits.ClosesParagraph | TagTraits.Special | TagTraits.Heading);
        Add(Specials, TagTraits.Special);
        Add(Others, TagTraits.None);
        Add("a b big code em font i s small strike strong tt u", TagTraits.Formatting);
        Add("area base basefont bgsound br col command embed hr img input keygen link meta param source track wbr", TagTraits.Void);
        Add("caption colgroup col tbody td tfoot th thead tr", TagTraits.TablePart);
        Add("td th caption", TagTraits.Cell);
        Add("script style noscript noframes noembed iframe", TagTraits.RawText);
        Add("title textarea xmp plaintext", TagTraits.EscapableText);
        Add("svg math template", TagTraits.Foreign);
        Add("applet canvas object", TagTraits.Nested);
        var index = 0;
        return traits.ToFrozenDictionary(t => t.Key, t => new HtmlTag(t.Key, index++, t.Value), StringComparer.OrdinalIgnoreCase);
    }

    private static HtmlTag?[] Renamed()
    {
        var renamed = new HtmlTag?[Known.Count];
        foreach (var (old, today) in (ReadOnlySpan<(string Old, string Today)>)[("strike", "s"), ("tt", "code"), ("acronym", "abbr"), ("center", "div"), ("dir", "ul"), ("image", "img")])
            renamed[Known[old].Index] = Known[today];
        return renamed;
    }
}
