using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Broadsheet.Core.Transfer.WordPress;

namespace Broadsheet.Benchmarks;

/// <summary>Reading an export through, as the first pass of an import does.</summary>
[MemoryDiagnoser]
public class WxrBenchmarks
{
    private byte[] _export = [];

    [GlobalSetup]
    public void SetUp()
    {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Bench</title><wp:wxr_version>1.2</wp:wxr_version>");
        for (var i = 1; i <= 20; i++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<item><title>Article {i}</title><dc:creator>desk</dc:creator><content:encoded><![CDATA[<p>{new string('x', 4_000)}</p>]]></content:encoded><wp:post_id>{i}</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>");
            for (var c = 1; c <= 100; c++)
                xml.Append(CultureInfo.InvariantCulture, $"<wp:comment><wp:comment_id>{i * 1000 + c}</wp:comment_id><wp:comment_author>Reader</wp:comment_author><wp:comment_date_gmt>2026-01-01 08:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[{new string('y', 400)}]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>");
            xml.Append("</item>");
        }
        _export = Encoding.UTF8.GetBytes(xml.Append("</channel></rss>").ToString());
    }

    /// <summary>20 articles with 100 comments each, about 1.4 MB.</summary>
    [Benchmark]
    public long Survey() => WxrSurvey.Take(new MemoryStream(_export)).Comments;
}
