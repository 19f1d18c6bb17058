using System.Text;
using Broadsheet.Core.Transfer.WordPress;
using static Broadsheet.Core.Tests.Transfer.WordPress.WxrFiles;

namespace Broadsheet.Core.Tests.Transfer.WordPress;

public sealed class WxrReaderTests
{
    [Fact]
    public void Records_come_in_the_order_of_the_file_and_an_item_before_its_comments()
    {
        var kinds = Read(Around(
            "<wp:author><wp:author_login>mara</wp:author_login></wp:author>"
            + "<wp:category><wp:category_nicename>sea</wp:category_nicename></wp:category>"
            + "<item><wp:post_id>1</wp:post_id>" + Comment(1) + Comment(2, 1) + "</item><item><wp:post_id>2</wp:post_id></item>"));
        Assert.Equal(
            [typeof(WxrChannel), typeof(WxrAuthor), typeof(WxrCategory), typeof(WxrItem), typeof(WxrComment), typeof(WxrComment),
                typeof(WxrItemEnd), typeof(WxrItem), typeof(WxrItemEnd), typeof(WxrChannelEnd)],
            kinds.Select(k => k.GetType()));
    }

    [Fact]
    public void Every_field_of_an_item_is_read()
    {
        var text = Around("""
            <item>
            <title>Low &amp; high tide</title>
            <link>https://gazette.example/2020/02/20/low-tide/</link>
            <pubDate>Thu, 20 Feb 2020 09:11:12 +0100</pubDate>
            <dc:creator><![CDATA[mara]]></dc:creator>
            <guid isPermaLink="false">https://gazette.example/?p=42</guid>
            <description></description>
            <content:encoded><![CDATA[<p>Mud & gulls</p>]]></content:encoded>
            <excerpt:encoded><![CDATA[Mud]]></excerpt:encoded>
            <wp:post_id> 42
            </wp:post_id>
            <wp:post_date>2020-02-20 10:11:12</wp:post_date>
            <wp:post_date_gmt><![CDATA[2020-02-20 09:11:12]]></wp:post_date_gmt>
            <wp:post_modified>2020-02-21 10:11:12</wp:post_modified>
            <wp:post_modified_gmt>2020-02-21 09:11:12</wp:post_modified_gmt>
            <wp:comment_status>open</wp:comment_status>
            <wp:ping_status>closed</wp:ping_status>
            <wp:post_name>low-tide</wp:post_name>
            <wp:status>private</wp:status>
            <wp:post_parent>3</wp:post_parent>
            <wp:menu_order>-4</wp:menu_order>
            <wp:post_type>page</wp:post_type>
            <wp:post_password>gull</wp:post_password>
            <wp:is_sticky>1</wp:is_sticky>
            <wp:attachment_url>https://gazette.example/a.jpg</wp:attachment_url>
            <category domain="category" nicename="sea"><![CDATA[Sea]]></category>
            <wp:postmeta><wp:meta_key>_edit_last</wp:meta_key><wp:meta_value><![CDATA[5]]></wp:meta_value></wp:postmeta>
            </item>
            """);
        var item = Only<WxrItem>(text);
        Assert.Equal(
            new WxrItem(LineOf(text, "<item>"))
            {
                Ordinal = 1,
                Id = 42,
                Title = "Low & high tide",
                Link = "https://gazette.example/2020/02/20/low-tide/",
                Published = new DateTimeOffset(2020, 2, 20, 9, 11, 12, TimeSpan.FromHours(1)),
                Creator = "mara",
                Guid = "https://gazette.example/?p=42",
                Content = "<p>Mud & gulls</p>",
                Excerpt = "Mud",
                PostDate = new DateTime(2020, 2, 20, 10, 11, 12, DateTimeKind.Unspecified),
                PostDateGmt = new DateTimeOffset(2020, 2, 20, 9, 11, 12, TimeSpan.Zero),
                Modified = new DateTime(2020, 2, 21, 10, 11, 12, DateTimeKind.Unspecified),
                ModifiedGmt = new DateTimeOffset(2020, 2, 21, 9, 11, 12, TimeSpan.Zero),
                CommentStatus = "open",
                PingStatus = "closed",
                Slug = "low-tide",
                Status = "private",
                ParentId = 3,
                MenuOrder = -4,
                PostType = "page",
                Password = "gull",
                Sticky = true,
                AttachmentUrl = "https://gazette.example/a.jpg",
                Terms = item.Terms,
                Meta = item.Meta,
            }, item);
        Assert.Equal(new WxrItemTerm(LineOf(text, "<category"), "category", "sea", "Sea"), Assert.Single(item.Terms));
        Assert.Equal(new WxrMeta(LineOf(text, "<wp:postmeta"), "_edit_last", "5"), Assert.Single(item.Meta));
        Assert.Equal(LineOf(text, "</item>"), Only<WxrItemEnd>(text).Line);
    }

    [Fact]
    public void Every_field_of_a_comment_is_read()
    {
        var text = Item("""
            <wp:comment>
            <wp:comment_id>9</wp:comment_id>
            <wp:comment_author><![CDATA[Ines]]></wp:comment_author>
            <wp:comment_author_email>ines@mail.example
            </wp:comment_author_email>
            <wp:comment_author_url>https://ines.example/</wp:comment_author_url>
            <wp:comment_author_IP>198.18.0.1</wp:comment_author_IP>
            <wp:comment_date>2020-02-20 11:00:00</wp:comment_date>
            <wp:comment_date_gmt>2020-02-20 10:00:00</wp:comment_date_gmt>
            <wp:comment_content>
                <![CDATA[First line
            second line]]>
            </wp:comment_content>
            <wp:comment_approved>post-trashed</wp:comment_approved>
            <wp:comment_type>pingback</wp:comment_type>
            <wp:comment_parent>12</wp:comment_parent>
            <wp:comment_user_id>4</wp:comment_user_id>
            <wp:commentmeta><wp:meta_key>akismet_result</wp:meta_key><wp:meta_value><![CDATA[false]]></wp:meta_value></wp:commentmeta>
            </wp:comment>
            """);
        var comment = Only<WxrComment>(text);
        Assert.Equal(
            new WxrComment(LineOf(text, "<wp:comment>"))
            {
                Ordinal = 1,
                Id = 9,
                Author = "Ines",
                AuthorEmail = "ines@mail.example",
                AuthorUrl = "https://ines.example/",
                AuthorIp = "198.18.0.1",
                Date = new DateTime(2020, 2, 20, 11, 0, 0, DateTimeKind.Unspecified),
                DateGmt = new DateTimeOffset(2020, 2, 20, 10, 0, 0, TimeSpan.Zero),
                Content = "First line\nsecond line",
                Approved = "post-trashed",
                Type = "pingback",
                ParentId = 12,
                UserId = 4,
                Meta = comment.Meta,
            }, comment);
        Assert.Equal(("akismet_result", "false"), (comment.Meta[0].Key, comment.Meta[0].Value));
        Assert.True(comment.IsPing);
    }

    [Fact]
    public void Terms_are_read_with_parent_description_and_meta()
    {
        var records = Read(Around("""
            <wp:author><wp:author_id>2</wp:author_id><wp:author_login>mara</wp:author_login><wp:author_email>m@x.example</wp:author_email><wp:author_display_name><![CDATA[Mara V.]]></wp:author_display_name><wp:author_first_name>Mara</wp:author_first_name><wp:author_last_name>V.</wp:author_last_name></wp:author>
            <wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>gulls</wp:category_nicename><wp:category_parent>sea</wp:category_parent><wp:cat_name><![CDATA[Gulls]]></wp:cat_name><wp:category_description><![CDATA[White ones]]></wp:category_description></wp:category>
            <wp:tag><wp:term_id>4</wp:term_id><wp:tag_slug>tide</wp:tag_slug><wp:tag_name>Tide</wp:tag_name><wp:tag_description>Twice a day</wp:tag_description></wp:tag>
            <wp:term><wp:term_id>5</wp:term_id><wp:term_taxonomy>series</wp:term_taxonomy><wp:term_slug>port</wp:term_slug><wp:term_parent>town</wp:term_parent><wp:term_name>Port</wp:term_name><wp:termmeta><wp:meta_key>order</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:termmeta></wp:term>
            """));
        var author = Assert.Single(records.OfType<WxrAuthor>());
        Assert.Equal((2L, "mara", "m@x.example", "Mara V.", "Mara", "V."), (author.Id, author.Login, author.Email, author.DisplayName, author.FirstName, author.LastName));
        var category = Assert.Single(records.OfType<WxrCategory>());
        Assert.Equal((3L, "gulls", "sea", "Gulls", "White ones"), (category.Id, category.Slug, category.ParentSlug, category.Name, category.Description));
        var tag = Assert.Single(records.OfType<WxrTag>());
        Assert.Equal((4L, "tide", "Tide", "Twice a day"), (tag.Id, tag.Slug, tag.Name, tag.Description));
        var term = Assert.Single(records.OfType<WxrTerm>());
        Assert.Equal((5L, "series", "port", "town", "Port", "order"), (term.Id, term.Taxonomy, term.Slug, term.ParentSlug, term.Name, term.Meta[0].Key));
    }

    [Fact]
    public void What_stands_after_the_comments_comes_with_the_end_of_the_item()
    {
        var records = Read(Item(Comment(1)
            + "<category domain=\"category\" nicename=\"sea\">Sea</category><wp:postmeta><wp:meta_key>_edit_last</wp:meta_key><wp:meta_value>5</wp:meta_value></wp:postmeta><wp:status>draft</wp:status>"));
        Assert.Equal("", Assert.Single(records.OfType<WxrItem>()).Status);
        var end = Assert.Single(records.OfType<WxrItemEnd>());
        Assert.Equal(("draft", 7L, "Low tide", 1L), (end.Revised!.Status, end.Revised.Id, end.Revised.Title, end.Comments));
        Assert.Equal("Sea", Assert.Single(end.Revised.Terms).Name);
        Assert.Equal("_edit_last", Assert.Single(end.Revised.Meta).Key);
    }

    [Fact]
    public void An_item_in_the_usual_order_is_not_given_twice() =>
        Assert.Null(Only<WxrItemEnd>(Item("<wp:status>draft</wp:status>" + Comment(1) + "\n")).Revised);

    [Fact]
    public void Channel_fields_that_come_late_are_in_the_end_of_the_channel()
    {
        var records = Read(Around("<item/><generator>https://wordpress.org/?v=6.9</generator><language>de-DE</language>"));
        Assert.Equal(("The Harbour Gazette", "", "1.2"), Describe(Assert.Single(records.OfType<WxrChannel>())));
        Assert.Equal(("The Harbour Gazette", "de-DE", "1.2"), Describe(Assert.Single(records.OfType<WxrChannelEnd>()).Whole));

        static (string, string, string?) Describe(WxrChannel channel) => (channel.Title, channel.Language, channel.Version);
    }

    [Theory]
    [InlineData("<![CDATA[a ]]]]><![CDATA[> b]]>", "a ]]> b")]
    [InlineData("\n  <![CDATA[a]]>\n  <![CDATA[b]]>\n", "ab")]
    [InlineData("  plain  ", "  plain  ")]
    [InlineData("lead <![CDATA[a]]> tail", "lead a tail")]
    [InlineData("<![CDATA[  kept  ]]>", "  kept  ")]
    [InlineData("<![CDATA[&#x1F; &amp;]]>", "&#x1F; &amp;")]
    [InlineData("&lt;p&gt;x&lt;/p&gt;", "<p>x</p>")]
    [InlineData("<p class=\"a\">x &amp; <b>y</b><br/></p>", "<p class=\"a\">x &amp; <b>y</b><br /></p>")]
    [InlineData("", "")]
    public void Content_is_read_as_it_was_meant(string written, string meant) =>
        Assert.Equal(meant, Only<WxrItem>(Item($"<content:encoded>{written}</content:encoded>")).Content);

    [Fact]
    public void Another_prefix_for_the_same_namespace_is_the_same()
    {
        var text = Item(Comment(3)).Replace("wp:", "w:", StringComparison.Ordinal).Replace("xmlns:wp=", "xmlns:w=", StringComparison.Ordinal).Replace("export/1.2/", "export/1.1/", StringComparison.Ordinal);
        Assert.Equal(7, Only<WxrItem>(text).Id);
        Assert.Equal(3, Only<WxrComment>(text).Id);
    }

    [Fact]
    public void Unknown_elements_are_passed_over_with_all_inside() =>
        Assert.Equal("draft", Only<WxrItem>(Item("<x:a xmlns:x=\"urn:x\"><wp:status>no</wp:status><b/></x:a><wp:status>draft</wp:status>")).Status);

    [Fact]
    public void Bytes_are_counted_for_a_progress_bar()
    {
        var bytes = Encoding.UTF8.GetBytes(Item(Comment(1)));
        using var reader = new WxrReader(new MemoryStream(bytes));
        while (reader.Read(out _))
        {
        }

        Assert.Equal(bytes.Length, reader.BytesRead);
    }
}
