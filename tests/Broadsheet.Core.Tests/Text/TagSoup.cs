using CsCheck;

namespace Broadsheet.Core.Tests.Text;

/// <summary>Random markup, with a taste for what confuses parsers.</summary>
internal static class TagSoup
{
    private static readonly string[] Names =
        ["p", "b", "i", "a", "div", "span", "table", "tr", "td", "th", "tbody", "caption", "colgroup", "col", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code", "h1", "h2", "hr", "br", "img",
            "figure", "figcaption", "svg", "math", "mtext", "mglyph", "style", "script", "noscript", "template", "title", "textarea", "select", "option", "form", "input", "iframe", "object", "video", "audio",
            "source", "picture", "ruby", "rt", "rp", "details", "summary", "em", "strong", "font", "button", "foreignObject", "desc", "annotation-xml", "xmp", "plaintext", "frameset", "body", "html", "head", "bogus"];

    private static readonly string[] Attributes =
        ["", "", "", " href=/x", " href=\"javascript:alert(1)\"", " src=/a.jpg", " src='https://evil.test/a.jpg'", " onclick=alert(1)", " style=\"color:red\"", " id=x", " class='alignleft x'", " srcset='/a 1x, //b 2x'",
            " title='\"><script>alert(1)</script>'", " name=a", "/", " a=\"", " x='", " href = ja&#9;vascript:1", " align=center", " data-src=/lazy.jpg"];

    private static readonly string[] Scraps =
        ["text", " ", "\n", "\n\n", "&lt;", "&#60;script&#62;", "&", "&amp", "\0", "<", ">", "\"", "'", "<!--", "-->", "--!>", "<!-- x -->", "<![CDATA[", "]]>", "<?php ?>", "</", "<!", "`", "```", "\n> ", "*", "**", "[caption]", "[/caption]",
            "[gallery ids=\"1,2\"]", "[[code]]", "[code]", "[/code]", "http://x.test/?a=1&b=2", "www.x.test", "<!--more-->", "<!--nextpage-->", "<!-- wp:image {\"id\":1} -->", "<!-- /wp:image -->", "\uD800", "é", "日本", "\u202E", "\u00A0", "--", "...", "9'", "\r\n"];

    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.Select(Gen.Int[0, Names.Length - 1].Select(i => Names[i]), Gen.Int[0, Attributes.Length - 1].Select(i => Attributes[i])).Select((n, a) => $"<{n}{a}>"),
        Gen.Int[0, Names.Length - 1].Select(i => Names[i]).Select(n => $"</{n}>"),
        Gen.Int[0, Scraps.Length - 1].Select(i => Scraps[i]));

    public static Gen<string> Any { get; } = Piece.Array[0, 40].Select(p => string.Concat(p));
}
