using System.Collections.Frozen;

namespace Broadsheet.Core.Text;

/// <summary>What text means in a block element.</summary>
internal enum ParagraphRoom
{
    Root,      // every text is a paragraph
    Quote,     // the same
    Flow,      // text that follows the tag at once stays as it is; what blank lines part is a paragraph
    Phrasing,  // a heading: lines break, no paragraphs
    Paragraph, // <p>: a blank line makes another
    Structure, // lists and tables: no text of their own
}

/// <summary>Which block element is which room; other elements are part of the text.</summary>
internal static class ParagraphRooms
{
    private static readonly FrozenDictionary<string, ParagraphRoom> Rooms = Build();

    public static ParagraphRoom? Of(HtmlTag tag) => Rooms.TryGetValue(tag.Name, out var room) ? room : null;

    private static FrozenDictionary<string, ParagraphRoom> Build()
    {
        var rooms = new Dictionary<string, ParagraphRoom>(StringComparer.Ordinal);
        void Add(ParagraphRoom room, string names)
        {
            foreach (var name in names.Split(' ')) rooms[name] = room;
        }

        Add(ParagraphRoom.Flow, "div li td th dd section article aside header footer main nav address details form fieldset center hgroup search dialog");
        Add(ParagraphRoom.Quote, "blockquote");
        Add(ParagraphRoom.Phrasing, "h1 h2 h3 h4 h5 h6 dt summary caption legend figcaption");
        Add(ParagraphRoom.Paragraph, "p");
        Add(ParagraphRoom.Structure, "ul ol dl menu dir table thead tbody tfoot tr colgroup figure select map");
        return rooms.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
