using System.Text;
using Broadsheet.Core.Transfer.WordPress;
using CsCheck;
using static Broadsheet.Core.Tests.Transfer.WordPress.WxrFiles;

namespace Broadsheet.Core.Tests.Transfer.WordPress;

public sealed class WxrSurveyTests
{
    private static WxrSurvey Survey(string text) => WxrSurvey.Take(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Parents_may_come_later_have_larger_ids_be_missing_or_go_in_circles()
    {
        var survey = Survey(Item(
            Comment(5, parent: 9) + Comment(9) + Comment(2, parent: 5) // 2 under 5 under 9
            + Comment(3, parent: 777)                                  // nobody
            + Comment(11, parent: 12) + Comment(12, parent: 11) + Comment(13, parent: 13)));
        Assert.Equal((7, 6, 1, 2), (survey.Comments, survey.NestedComments, survey.OrphanComments, Math.Min(survey.MaxCommentDepth, 2)));
    }

    [Fact]
    public void A_deep_thread_in_any_order_is_measured_in_time()
    {
        const int depth = 100_000;
        var comments = new StringBuilder();
        for (var id = depth; id >= 1; id--) comments.Append(Comment(id, parent: id - 1));
        Assert.Equal(depth - 1, Survey(Item(comments.ToString())).MaxCommentDepth);
    }

    [Fact]
    public void Duplicates_within_the_file_are_named_with_their_lines()
    {
        var text = Around("<item><wp:post_id>1</wp:post_id>" + Comment(4) + "</item>\n<item><wp:post_id>1</wp:post_id>" + Comment(4) + "</item>");
        var survey = Survey(text);
        Assert.Equal(new WxrDuplicate(text[..text.LastIndexOf("<item>", StringComparison.Ordinal)].Split('\n').Length, 1), Assert.Single(survey.DuplicateItems));
        Assert.Equal(4, Assert.Single(survey.DuplicateComments).Id);
        Assert.Equal((1L, 1L), (survey.ItemIds.Count, survey.CommentIds.Count));
    }

    [Fact]
    public void Late_fields_count()
    {
        var survey = Survey(Around("<item><wp:post_id>1</wp:post_id>" + Comment(4) + "<wp:post_type>page</wp:post_type><wp:status>draft</wp:status></item>"));
        Assert.Equal((1, 0, 1L), (survey.Pages, survey.Other, survey.ItemsByStatus["draft"]));
    }

    [Fact]
    public void Own_hosts_are_those_of_the_publication_and_its_files_but_not_the_networks()
    {
        var hosts = Survey(Around("""
            <wp:base_site_url>http://wordpress.com/</wp:base_site_url>
            <wp:base_blog_url>https://www.tides.wordpress.com</wp:base_blog_url>
            <item><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://oldname.files.wordpress.com/2020/02/a.jpg</wp:attachment_url></item>
            """)).Hosts;
        Assert.Equal(
            ["gazette.example", "oldname.files.wordpress.com", "tides.files.wordpress.com", "tides.wordpress.com", "www.gazette.example", "www.tides.wordpress.com"],
            hosts.Names, StringComparer.Ordinal);
        Assert.True(hosts.Owns("Gazette.Example"));
        Assert.False(hosts.Owns("wordpress.com"));
    }

    [Theory]
    [InlineData("https://www.gazette.example/2020/a.jpg?w=300", "/2020/a.jpg?w=300")]
    [InlineData("http://i2.wp.com/gazette.example/wp-content/uploads/a.jpg?resize=300", "/wp-content/uploads/a.jpg")]
    [InlineData("https://i0.wp.com/elsewhere.example/a.jpg", null)]
    [InlineData("https://elsewhere.example/gazette.example/a.jpg", null)]
    [InlineData("ftp://gazette.example/a.jpg", null)]
    public void An_own_address_gives_its_path(string address, string? path) =>
        Assert.Equal(path, WxrHosts.Of(new WxrChannel(1) { Link = "https://gazette.example/" }).OwnPath(new Uri(address)));

    [Fact]
    public void Progress_reaches_the_end_and_a_cancelled_survey_stops()
    {
        var bytes = Encoding.UTF8.GetBytes(Item(Comment(1)));
        var last = 0L;
        Assert.Equal(bytes.Length, WxrSurvey.Take(new MemoryStream(bytes), progress: read => last = read).Bytes);
        Assert.Equal(bytes.Length, last);
        Assert.Throws<OperationCanceledException>(() => WxrSurvey.Take(new MemoryStream(bytes), ct: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_set_of_ids_is_a_set() =>
        Gen.OneOf(Gen.Long[0, 5000], Gen.Long).Array.Sample(ids =>
        {
            var (set, model) = (new IdSet(), new HashSet<long>());
            foreach (var id in ids) Assert.Equal(model.Add(id), set.Add(id));
            Assert.Equal(model.Count, set.Count);
            Assert.All(ids, id => Assert.True(set.Contains(id)));
            Assert.Equal(model.Contains(77), set.Contains(77));
        });
}
