using System.Text;
using Broadsheet.Core.Transfer.WordPress;

namespace Broadsheet.Core.Tests.Transfer.WordPress;

/// <summary>Small exports of our own.</summary>
internal static class WxrFiles
{
    public const string Start = """
        <?xml version="1.0" encoding="UTF-8" ?>
        <rss version="2.0"
          xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
          xmlns:content="http://purl.org/rss/1.0/modules/content/"
          xmlns:dc="http://purl.org/dc/elements/1.1/"
          xmlns:wp="http://wordpress.org/export/1.2/">
        <channel>
        <title>The Harbour Gazette</title>
        <link>https://gazette.example</link>
        <wp:wxr_version>1.2</wp:wxr_version>

        """;

    public const string End = "</channel>\n</rss>\n";

    public static string Around(string inside) => Start + inside + End;

    public static string Item(string inside) =>
        Around($"<item>\n<title>Low tide</title>\n<wp:post_id>7</wp:post_id>\n<wp:post_type>post</wp:post_type>\n{inside}\n</item>\n");

    public static string Comment(long id, long parent = 0, string content = "Well said.") =>
        $"<wp:comment>\n<wp:comment_id>{id}</wp:comment_id>\n<wp:comment_content><![CDATA[{content}]]></wp:comment_content>\n"
        + $"<wp:comment_approved>1</wp:comment_approved>\n<wp:comment_parent>{parent}</wp:comment_parent>\n</wp:comment>\n";

    public static List<WxrRecord> Read(string text, WxrOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    public static List<WxrRecord> Read(byte[] bytes, WxrOptions? options = null)
    {
        using var reader = new WxrReader(new MemoryStream(bytes), options ?? new WxrOptions { FileName = "wordpress.xml" });
        return [.. reader.Records()];
    }

    public static T Only<T>(string text)
        where T : WxrRecord => Assert.Single(Read(text).OfType<T>());

    public static WxrFormatException Fails(string text) => Fails(Encoding.UTF8.GetBytes(text));

    public static WxrFormatException Fails(byte[] bytes)
    {
        var error = Assert.Throws<WxrFormatException>(() => Read(bytes));
        Assert.StartsWith("wordpress.xml", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        return error;
    }

    /// <summary>The line of the first occurrence, from 1.</summary>
    public static int LineOf(string text, string part) => 1 + text.AsSpan(0, text.IndexOf(part, StringComparison.Ordinal)).Count('\n');
}
