using System.Buffers;
using System.Net;
using System.Text;

namespace Broadsheet.Core.Screening.Models;

/// <summary>
/// A comment's words without markup, and its links apart. Markup is taken away so that a model learns what was said, not in which program it was written:
/// a link is a link, bare, in HTML or in BBCode.
/// </summary>
/// <param name="Text">Without tags, links and entities; white space as it was.</param>
/// <param name="Links">Addresses as written, in their order; at most <see cref="MostLinks"/>.</param>
/// <param name="LinkTexts">What links were named, where they were.</param>
/// <param name="LinkCount">All links, also those beyond the limit.</param>
/// <param name="HasBbCode">It tries BBCode links, which WordPress never had.</param>
internal sealed record PlainComment(string Text, IReadOnlyList<string> Links, IReadOnlyList<string> LinkTexts, int LinkCount, bool HasBbCode)
{
    public const int MostLinks = 20;

    /// <summary>Of longer texts the beginning and the end are read, in UTF-16 code units.</summary>
    public const int Head = 1_200;
    public const int Tail = 400;

    public static PlainComment Read(string content)
    {
        if (content.Length > Head + Tail) content = string.Concat(content.AsSpan(0, Head), " ", content.AsSpan(content.Length - Tail));
        var reader = new Reader(content);
        reader.Run();
        var text = reader.Text.ToString();
        return new PlainComment(text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text, reader.Links, reader.LinkTexts, reader.LinkCount, reader.HasBbCode);
    }

    private static readonly SearchValues<char> LinkEnds = SearchValues.Create(" \n\r\t<>\"[]");

    private sealed class Reader(string content)
    {
        public StringBuilder Text { get; } = new(content.Length);
        public List<string> Links { get; } = [];
        public List<string> LinkTexts { get; } = [];
        public int LinkCount { get; private set; }
        public bool HasBbCode { get; private set; }

        private int _linkText = -1;

        public void Run()
        {
            for (var at = 0; at < content.Length;)
            {
                var next = content[at] switch { '<' => Tag(at), '[' => Bracket(at), 'h' or 'H' => Bare(at, "http"), 'w' or 'W' => Bare(at, "www."), _ => at };
                if (next == at) Text.Append(content[at++]);
                else at = next;
            }
        }

        private int Tag(int at)
        {
            var end = content.AsSpan(at).IndexOf('>');
            if (end < 0 || at + 1 >= content.Length || !(char.IsAsciiLetter(content[at + 1]) || content[at + 1] is '/' or '!')) return at;
            var tag = content.AsSpan(at, end + 1);
            if (tag.StartsWith("<a ", StringComparison.OrdinalIgnoreCase) && tag.IndexOf("href", StringComparison.OrdinalIgnoreCase) is > 0 and var href)
            {
                AddLink(tag[(href + 4)..].TrimStart(" =\"'").ToString().Split(['"', '\'', '>', ' '], 2)[0]);
                _linkText = Text.Length;
            }
            else if (tag.StartsWith("</a", StringComparison.OrdinalIgnoreCase)) EndLinkText();
            else if (tag.Length > 3) Text.Append(' ');
            return at + end + 1;
        }

        private int Bracket(int at)
        {
            var rest = content.AsSpan(at);
            var isOpening = rest.StartsWith("[url", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("[link", StringComparison.OrdinalIgnoreCase);
            if (!isOpening && !rest.StartsWith("[/url]", StringComparison.OrdinalIgnoreCase) && !rest.StartsWith("[/link]", StringComparison.OrdinalIgnoreCase)) return at;
            var end = rest.IndexOf(']');
            if (end < 0) return at;
            HasBbCode = true;
            if (!isOpening) EndLinkText();
            else if (rest[..end].IndexOf('=') is > 0 and var equals)
            {
                AddLink(rest[(equals + 1)..end].Trim("\"' ").ToString());
                _linkText = Text.Length;
            }
            return at + end + 1;
        }

        private int Bare(int at, string start)
        {
            var rest = content.AsSpan(at);
            if (!rest.StartsWith(start, StringComparison.OrdinalIgnoreCase) || (at > 0 && char.IsLetterOrDigit(content[at - 1]))) return at;
            if (start == "http" && !(rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase))) return at;
            var end = rest.IndexOfAny(LinkEnds);
            if (end < 0) end = rest.Length;
            if (end < 8) return at;
            // An address that names its own link is one link, not two.
            if (_linkText < 0) AddLink(rest[..end].ToString());
            Text.Append(' ');
            return at + end;
        }

        private void AddLink(string address)
        {
            LinkCount++;
            if (Links.Count < MostLinks && address.Length > 0) Links.Add(address);
        }

        private void EndLinkText()
        {
            if (_linkText >= 0 && Text.Length > _linkText && LinkTexts.Count < MostLinks) LinkTexts.Add(Text.ToString(_linkText, Text.Length - _linkText));
            _linkText = -1;
        }
    }
}
