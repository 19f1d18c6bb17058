using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Sqlite;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Outbound;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>
/// A very small import into a database that is thrown away. The first write of each kind compiles what later ones find ready, a tenth of a
/// second and more; done here, nobody who writes into the same SQLite file meanwhile waits for it.
/// </summary>
internal static class ImportRehearsal
{
    private const string Export = """
        <?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
        <channel><title>Rehearsal</title><link>http://rehearsal.invalid</link><language>en</language><wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>http://rehearsal.invalid</wp:base_site_url><wp:base_blog_url>http://rehearsal.invalid</wp:base_blog_url>
        <wp:author><wp:author_id>1</wp:author_id><wp:author_login>desk</wp:author_login><wp:author_email>desk@rehearsal.invalid</wp:author_email><wp:author_display_name>Desk</wp:author_display_name></wp:author>
        <wp:category><wp:term_id>1</wp:term_id><wp:category_nicename>news</wp:category_nicename><wp:cat_name>News</wp:cat_name></wp:category>
        <item><title>Picture</title><dc:creator>desk</dc:creator><wp:post_id>1</wp:post_id><wp:post_date_gmt>2020-01-01 00:00:00</wp:post_date_gmt><wp:post_name>picture</wp:post_name><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type><wp:attachment_url>http://rehearsal.invalid/wp-content/uploads/picture.jpg</wp:attachment_url></item>
        {0}
        </channel></rss>
        """;

    public static async Task RunAsync(GuardedHttp http, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("broadsheet-rehearsal-").FullName;
        try
        {
            await using var engine = new SqliteEngine(Path.Combine(folder, "rehearsal.db"), [], mapMegabytes: 0);
            await engine.MigrateAsync(ct);
            var file = Path.Combine(folder, "export.xml");
            await File.WriteAllTextAsync(file, Export.Replace("{0}", Items(), StringComparison.Ordinal), ct);
            var request = new ImportRequest(file);
            var first = FirstPass.Read(file, WordPressImport.OptionsOf(request), null, ct);
            await new WordPressImport(engine, new Writes(engine, [], TimeProvider.System), new UploadedFiles(new DiskMediaStore(folder)), http, TimeProvider.System).RunAsync(request, first, NoWatcher.Instance, ct);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One article whose comments come with it, and one with so many that they come after it.</summary>
    private static string Items() => string.Concat(new[] { (Id: 10, Comments: 3), (Id: 11, Comments: 120) }.Select(item => $"""
        <item><title>Article {item.Id}</title><dc:creator>desk</dc:creator><content:encoded><![CDATA[<p>Words with <a href="http://elsewhere.invalid/">a link</a>.</p>]]></content:encoded><wp:post_id>{item.Id}</wp:post_id><wp:post_date_gmt>2020-01-02 00:00:00</wp:post_date_gmt><wp:comment_status>open</wp:comment_status><wp:post_name>article-{item.Id}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain="category" nicename="news">News</category><category domain="post_tag" nicename="tag">Tag</category><wp:postmeta><wp:meta_key>_edit_last</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta>
        {string.Concat(Enumerable.Range(1, item.Comments).Select(n => $"<wp:comment><wp:comment_id>{item.Id * 1000 + n}</wp:comment_id><wp:comment_author>Reader</wp:comment_author><wp:comment_author_email>r@rehearsal.invalid</wp:comment_author_email><wp:comment_date_gmt>2020-01-03 00:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[Words with <a href=\"http://elsewhere.invalid/\">a link</a>.]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>{(n % 2 == 0 ? item.Id * 1000 + n - 1 : 0)}</wp:comment_parent></wp:comment>"))}</item>
        """));
}
