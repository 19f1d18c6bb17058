using System.Net;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Transfer;
using Broadsheet.Web.Tests.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Broadsheet.Web.Tests.Features.Transfer;

public abstract class WordPressImportTests : IAsyncLifetime
{
    private BroadsheetSite? _site;

    private BroadsheetSite Site => _site!;

    public ValueTask InitializeAsync() => (_site = NewSite()).InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract BroadsheetSite NewSite();

    [Fact]
    public async Task An_imported_article_is_read_at_its_old_address_with_its_thread()
    {
        await Site.ImportAsync(new Export().Author(7, "ann", "ann@old.example", "Ann Author").Category(3, "news", "News").Item(42, "Ferry", "The <a href=\"https://old.example/2020/02/20/ferry/\">ferry</a>.", more: "<category domain=\"category\" nicename=\"news\">News</category>")
            .Comment(100, "First", date: "2020-02-21 10:00:00").Comment(102, "Reply", parent: 101, date: "2020-02-21 12:00:00").Comment(101, "Second", date: "2020-02-21 11:00:00").Comment(103, "Waits", approved: "0").Comment(104, "[…] linked […]", type: "pingback"));

        using var reader = Site.NewReader();
        using var old = await reader.GetAsync("/?p=42");
        var page = await reader.OpenAsync(old.Headers.Location!.OriginalString);

        Assert.Equal("/2020/02/20/ferry/", old.Headers.Location!.OriginalString);
        Assert.Equal("/2020/02/20/ferry/", page.QuerySelector(".e-content a")!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector("#comment-102"));
        Assert.Null(page.QuerySelector("#comment-103"));
        var rows = await Site.ReadAsync(db => db.Comments.OrderBy(c => c.Id).ToListAsync());
        Assert.Equal(["1", "2", "2.1", null, null], rows.Select(c => c.FullNumber?.ToString()));
        var counters = await Site.ReadAsync(db => db.ThreadCounters.SingleAsync(c => c.ArticleId == 42));
        Assert.Equal((3, 2, 1, 2), (counters.CommentsShown, counters.CommentsTopLevel, counters.PingsShown, counters.LastNumber));
        Assert.Equal(1, await Site.ReadAsync(db => db.Terms.Where(t => t.Slug == "news").Select(t => t.Articles).SingleAsync()));
        Assert.Equal(7, await Site.ReadAsync(db => db.Articles.Where(a => a.Id == 42).Select(a => a.AuthorId).SingleAsync()));
    }

    [Fact]
    public async Task A_commenters_account_that_the_export_does_not_list_is_kept_by_its_old_id()
    {
        await Site.ImportAsync(new Export().Author(7, "ann", "ann@old.example", "Ann Author").Item(42, "Ferry").Comment(100, "Known", user: 7).Comment(101, "Not listed", user: 77).Comment(102, "A guest"));

        var people = await Site.ReadAsync(db => db.Comments.OrderBy(c => c.Id).Select(c => c.PersonId).ToListAsync());
        var kept = await Site.ReadAsync(db => db.Meta.Where(m => m.Key == KeptMeta.ImportedUserKey).Select(m => new { m.OwnerId, m.Value }).ToListAsync());
        Assert.Equal([7, null, null], people);
        Assert.Equal([(101L, "77")], kept.Select(m => (m.OwnerId, m.Value)));
    }

    [Fact]
    public async Task A_draft_was_last_changed_when_the_export_says()
    {
        await Site.ImportAsync(new Export().Item(42, "Long ago", status: "draft", date: "2017-12-07 21:21:58", gmt: "0000-00-00 00:00:00"));

        var draft = await Site.ReadAsync(db => db.Articles.SingleAsync(a => a.Id == 42));
        Assert.Equal((ArticleStatus.Draft, null, new DateTimeOffset(2017, 12, 7, 21, 21, 58, TimeSpan.Zero)), (draft.Status, draft.PublishedAt, draft.ModifiedAt));
    }

    [Fact]
    public async Task After_it_comments_and_articles_get_ids_of_their_own()
    {
        await Site.SetAsync(p => p with { HoldFirst = false });
        await Site.ImportAsync(new Export().Item(42, "Ferry").Comment(100, "First"));

        using var reader = Site.NewReader();
        using var posted = await reader.CommentAsync("/2020/02/20/ferry/", "A new one");
        var article = await Site.PublishAsync("New");

        Assert.Equal(HttpStatusCode.Found, posted.StatusCode);
        Assert.True(article.Id > 42);
        var comment = await Site.ReadAsync(db => db.Comments.SingleAsync(c => c.Id != 100));
        Assert.True(comment.Id > 100);
        Assert.Equal(2, comment.Number);
    }

    [Fact]
    public async Task Ids_that_are_taken_here_are_mapped_for_ever_and_all_that_refers_to_them_follows()
    {
        await Site.SetAsync(p => p with { HoldFirst = false });
        var local = await Site.PublishAsync("Local");
        using var reader = Site.NewReader();
        (await reader.CommentAsync(local.Path, "Ours")).Dispose();
        var ours = await Site.ReadAsync(db => db.Comments.SingleAsync());
        var export = new Export().Item(local.Id, "Theirs", $"<img class=\"wp-image-{local.Id + 1}\" src=\"https://old.example/wp-content/uploads/x.jpg\">", more: Export.Meta("_thumbnail_id", (local.Id + 1).ToString()))
            .Comment(ours.Id, "Top").Comment(ours.Id + 500, "Reply", parent: ours.Id).Attachment(local.Id + 1, "x.jpg", "A boat", parent: local.Id);

        await Site.ImportAsync(export);
        var after = await Site.DumpAsync();
        await Site.ImportAsync(export);

        Assert.Equal(after, await Site.DumpAsync());
        var theirs = await Site.ReadAsync(db => db.Articles.SingleAsync(a => a.Title == "Theirs"));
        Assert.NotEqual(local.Id, theirs.Id);
        Assert.Equal(local.Id + 1, theirs.FeaturedImageId);
        Assert.Contains("A boat", theirs.BodyHtml, StringComparison.Ordinal);
        Assert.Equal(theirs.Id, await Site.ReadAsync(db => db.Articles.Where(a => a.Id == local.Id + 1).Select(a => a.ParentId).SingleAsync()));
        var thread = await Site.ReadAsync(db => db.Comments.Where(c => c.ArticleId == theirs.Id).OrderBy(c => c.Reply).ToListAsync());
        Assert.Equal((ours.Id, null), (thread[0].ImportedId, thread[1].ImportedId));
        Assert.Equal((ours.Id + 500, thread[0].Id, thread[0].Id), (thread[1].Id, thread[1].ParentId, thread[1].ShownParentId));
        Assert.Equal("Ours", await Site.ReadAsync(db => db.Comments.Where(c => c.Id == ours.Id).Select(c => c.Body).SingleAsync()));
    }

    [Fact]
    public async Task A_later_export_adds_what_is_new_and_numbers_it_after_what_is_there()
    {
        await Site.SetAsync(p => p with { HoldFirst = false });
        await Site.ImportAsync(new Export().Item(42, "Ferry").Comment(100, "One", date: "2020-02-21 10:00:00").Comment(101, "Answer", parent: 100, date: "2020-02-21 11:00:00"));
        using var reader = Site.NewReader();
        (await reader.CommentAsync("/2020/02/20/ferry/", "Written here")).Dispose();

        var second = (await Site.ImportAsync(new Export().Item(42, "Ferry, renamed").Comment(100, "One", date: "2020-02-21 10:00:00").Comment(101, "Answer", parent: 100, date: "2020-02-21 11:00:00")
            .Comment(102, "Older than all", date: "2020-02-21 09:00:00").Comment(103, "Late answer", parent: 101, date: "2020-02-22 09:00:00").Item(43, "Another"))).Progress;

        Assert.Equal((1L, 1L, 2L, 2L), (second.Posts.Written, second.Posts.Present, second.Comments.Written, second.Comments.Present));
        var rows = await Site.ReadAsync(db => db.Comments.OrderBy(c => c.Number).ThenBy(c => c.Path).ToListAsync());
        Assert.Equal(["One 1", "Answer 1.1", "Late answer 1.2", "Written here 2", "Older than all 3"], rows.Select(c => $"{c.Body} {c.FullNumber}"));
        Assert.Equal((2, 1), (rows[0].LastReply, rows[1].ShownReplies));
        var counters = await Site.ReadAsync(db => db.ThreadCounters.SingleAsync(c => c.ArticleId == 42));
        Assert.Equal((5, 3, 3), (counters.CommentsShown, counters.CommentsTopLevel, counters.LastNumber));
        Assert.Equal("Ferry", await Site.ReadAsync(db => db.Articles.Where(a => a.Id == 42).Select(a => a.Title).SingleAsync()));
        Assert.False(await Site.ReadAsync(db => db.Meta.AnyAsync()));
    }

    [Fact]
    public async Task An_article_with_a_long_thread_appears_once_it_is_whole()
    {
        var seen = new HashSet<(ArticleStatus, int)>();
        var file = new ImportRequest(new Export().Item(42, "Ferry").Thread(1_000, 1_500).Write(Site.Folder));
        await Site.ImportAsync(file, _ =>
        {
            using var db = Site.Engine.Open();
            if (db.Articles.Where(a => a.Id == 42).Select(a => new { a.Status, Comments = db.Comments.Count(c => c.ArticleId == 42) }).FirstOrDefault() is { } now) seen.Add((now.Status, now.Comments));
        });

        Assert.Contains(seen, s => s is (ArticleStatus.Draft, > 0 and < 1_500));
        Assert.All(seen.Where(s => s.Item1 == ArticleStatus.Published), s => Assert.Equal(1_500, s.Item2));
        var (counters, shown) = (await Site.ReadAsync(db => db.ThreadCounters.SingleAsync()), await Site.ReadAsync(db => db.Comments.CountAsync(c => c.Standing == Standing.Shown)));
        Assert.Equal((shown, counters.CommentsTopLevel), (counters.CommentsShown, counters.LastNumber));
    }

    [Fact]
    public async Task Comments_without_ids_and_ids_that_stand_twice_are_neither_lost_nor_doubled()
    {
        var export = new Export().Item(42, "Ferry").Comment(null, "Nameless").Comment(null, "Nameless").Comment(5, "Five").Comment(5, "Five").Comment(5, "Another five")
            .Item(42, "Other article", guid: "https://old.example/other").Comment(5, "Five elsewhere").Item(42, "Ferry");

        var first = (await Site.ImportAsync(export)).Progress;
        var after = await Site.DumpAsync();
        var second = (await Site.ImportAsync(export)).Progress;

        Assert.Equal(after, await Site.DumpAsync());
        Assert.Equal((3L, 2L, 1L), (first.Posts.Read, first.Posts.Written, first.Posts.Skipped));
        Assert.Equal((4L, 2L), (first.Comments.Written, first.Comments.Skipped));
        Assert.Equal((2L, 4L, 2L), (second.Posts.Present, second.Comments.Present, second.Comments.Skipped));
    }

    [Fact]
    public async Task Names_that_WordPress_keeps_as_markup_are_plain_here()
    {
        await Site.ImportAsync(new Export { Title = "Town &amp;amp; Country" }.Author(2, "ann", "ann@old.example", "Ann &amp; Bob").Category(3, "sport", "Sport &amp; more").Item(1, "One").Comment(5, "Words", author: "Tom &amp; &lt;Jerry&gt;"));

        var comment = await Site.ReadAsync(db => db.Comments.SingleAsync());
        Assert.Equal(("Sport & more", "Ann & Bob", "Tom & <Jerry>"), (await Site.ReadAsync(db => db.Terms.Select(t => t.Name).SingleAsync()), await Site.ReadAsync(db => db.Users.Select(p => p.DisplayName).SingleAsync()), comment.AuthorName));
        Assert.Equal("Town & Country", (await new PublicationStore(Site.Engine).GetAsync(CancellationToken.None)).Title);
        using var reader = Site.NewReader();
        Assert.Contains("Tom &amp; &lt;Jerry&gt;", await reader.ReadAsync("/2020/02/20/one/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_know_their_parents_whatever_the_order()
    {
        await Site.ImportAsync(new Export().Item(3, "Team", type: "page", parent: 2).Item(2, "About", type: "page", parent: 1).Item(1, "House", type: "page"));

        Assert.Equal(["house", "house/about", "house/about/team"], await Site.ReadAsync(db => db.Articles.OrderBy(a => a.Id).Select(a => a.Path!).ToListAsync()));
        using var reader = Site.NewReader();
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/house/about/team/")).StatusCode);
    }

    [Fact]
    public async Task Categories_know_theirs_and_a_circle_is_cut()
    {
        await Site.ImportAsync(new Export().Category(1, "c", "C", "b").Category(2, "b", "B", "a").Category(3, "a", "A").Category(4, "x", "X", "y").Category(5, "y", "Y", "x"));

        var terms = await Site.ReadAsync(db => db.Terms.ToDictionaryAsync(t => t.Slug));
        Assert.Equal((2L, 3L, (long?)null), (terms["c"].ParentId, terms["b"].ParentId, terms["a"].ParentId));
        Assert.Single([terms["x"], terms["y"]], t => t.ParentId is null);
    }

    [Fact]
    public async Task Dates_states_and_words_are_those_of_WordPress()
    {
        await Site.ImportAsync(new Export()
            .Item(1, "Evening", date: "2020-02-20 23:30:00", gmt: "2020-02-20 18:00:00").Item(2, "No UTC", date: "2020-02-21 01:00:00", gmt: "0000-00-00 00:00:00")
            .Item(3, "Draft", status: "draft", gmt: "0000-00-00 00:00:00", slug: "").Item(4, "Secret", status: "private", date: "2020-02-22 12:00:00", gmt: "2020-02-22 06:30:00").Item(5, "Later", status: "future", date: "2099-02-22 12:00:00", gmt: "2099-02-22 06:30:00")
            .Item(6, "Menu", type: "nav_menu_item", date: "2020-02-22 12:00:00", gmt: "2020-02-22 06:30:00").Item(7, "Republished", "<p>The Wire | February 20, 2020</p>\n<p>Body.</p>", date: "2020-02-22 12:00:00", gmt: "2020-02-22 06:30:00")
            .Item(8, "Moved", more: Export.Meta("_wp_old_slug", "was-here") + Export.Meta("_wp_old_date", "2019-05-06"), date: "2020-02-22 12:00:00", gmt: "2020-02-22 06:30:00"));

        var a = await Site.ReadAsync(db => db.Articles.ToDictionaryAsync(x => x.Id));
        Assert.Equal((new DateTimeOffset(2020, 2, 20, 19, 30, 0, TimeSpan.Zero), new DateTime(2020, 2, 21, 1, 0, 0)), (a[2].PublishedAt, a[2].PublishedLocal));
        Assert.Equal((ArticleStatus.Draft, null, ""), (a[3].Status, a[3].PublishedAt, a[3].Slug));
        Assert.Equal((ArticleStatus.Private, ArticleStatus.Scheduled), (a[4].Status, a[5].Status));
        Assert.Equal((ArticleKind.Other, "nav_menu_item"), (a[6].Kind, a[6].PostType));
        Assert.Equal(("The Wire", new DateOnly(2020, 2, 20)), (a[7].Credit!.Outlet, a[7].Credit!.Date));
        Assert.DoesNotContain("Wire", a[7].Body, StringComparison.Ordinal);
        var publication = await new PublicationStore(Site.Engine).GetAsync(CancellationToken.None);
        Assert.Equal(("The Old Site", "As it was", "en-GB", "Asia/Kolkata"), (publication.Title, publication.Tagline, publication.Language, publication.TimeZone));
        using var reader = Site.NewReader();
        using var moved = await reader.GetAsync("/2019/05/06/was-here/");
        Assert.Equal("/2020/02/22/moved/", moved.Headers.Location?.OriginalString);
        using var evening = await reader.GetAsync("/?p=1");
        Assert.Equal("/2020/02/20/evening/", evening.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_damaged_file_changes_nothing()
    {
        await Site.ImportAsync(new Export().Item(1, "One"));
        var before = await Site.DumpAsync();
        var file = Path.Combine(Site.Folder, "broken.xml");
        var text = new Export().Item(2, "Two").Item(3, "Three").ToString();
        await File.WriteAllTextAsync(file, text[..(text.Length - 200)]);

        await Assert.ThrowsAsync<WxrFormatException>(() => Site.ImportAsync(new ImportRequest(file)));

        Assert.Equal(before, await Site.DumpAsync());
    }

    [Fact]
    public async Task Attachments_of_a_later_file_are_seen_by_the_articles_before()
    {
        await Site.ImportAsync(new Export().Item(1, "Boats", "<img class=\"wp-image-2\" src=\"https://old.example/wp-content/uploads/2020/boat-300x200.jpg\">[gallery ids=\"2\"]"));
        await Site.ImportAsync(new Export().Attachment(2, "2020/boat.jpg", "A red boat").Item(1, "Boats"));

        Assert.Contains("A red boat", await Site.ReadAsync(db => db.Articles.Where(a => a.Id == 1).Select(a => a.BodyHtml).SingleAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_from_a_folder_are_served_and_shown()
    {
        var uploads = Path.Combine(Site.Folder, "old-uploads", "2020");
        Directory.CreateDirectory(uploads);
        await File.WriteAllBytesAsync(Path.Combine(uploads, "boat.png"), Samples.Png);
        var file = new Export().Item(1, "Boats", "<img src=\"https://old.example/wp-content/uploads/2020/boat-300x200.png\" alt=\"x\"><img src=\"https://old.example/wp-content/uploads/2020/gone.png\">").Attachment(2, "2020/boat.png").Attachment(3, "2020/gone.png", "It is gone").Write(Site.Folder);

        var report = await Site.ImportAsync(new ImportRequest(file) { MediaFolder = Path.Combine(Site.Folder, "old-uploads") });

        Assert.Equal((1L, 1L, 1L), (report.Progress.MediaStored, report.Progress.MediaFailed, report.Progress.MissingMedia));
        using var reader = Site.NewReader();
        var page = await reader.OpenAsync("/2020/02/20/boats/");
        Assert.Equal("/wp-content/uploads/2020/boat-300x200.png", page.QuerySelector(".e-content img")!.GetAttribute("src"));
        Assert.Equal("It is gone", page.QuerySelector(".e-content .missing-media")!.TextContent);
        using var picture = await reader.GetAsync("/wp-content/uploads/2020/boat-300x200.png");
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        var again = await Site.ImportAsync(new ImportRequest(file) { MediaFolder = Path.Combine(Site.Folder, "old-uploads") });
        Assert.Equal((0L, 1L), (again.Progress.MediaStored, again.Progress.MediaFailed));
    }

    [Fact]
    public async Task Files_are_fetched_from_where_they_were_and_what_fails_is_named_and_tried_again()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var old = builder.Build();
        old.Urls.Add("http://127.0.0.1:0");
        var isUp = false;
        old.MapGet("/wp-content/uploads/{name}", (string name) => name == "late.png" && !isUp ? Results.NotFound() : Results.Bytes(Samples.Png, "text/html"));
        await old.StartAsync();
        var url = old.Urls.First();
        await Site.StopAsync();
        await Site.StartAsync($"--Outbound:AllowHosts={new Uri(url).Authority}");
        var file = new ImportRequest(new Export { Site = url }.Item(1, "Boats", $"<img src=\"{url}/wp-content/uploads/boat.png\"><img src=\"{url}/wp-content/uploads/late.png\">").Attachment(2, "boat.png").Attachment(3, "late.png", "Late")
            .Attachment(4, "secret.png", url: "http://127.0.0.1:9/wp-content/uploads/secret.png").Write(Site.Folder))
        { FetchMedia = true };

        var first = await Site.ImportAsync(file);
        isUp = true;
        var second = await Site.ImportAsync(file);

        Assert.Equal((1L, 2L, 1L), (first.Progress.MediaStored, first.Progress.MediaFailed, first.Progress.MissingMedia));
        Assert.Contains(first.Notes.All, n => n.What == "/wp-content/uploads/late.png: answered 404");
        Assert.Contains(first.Notes.All, n => n.What == "/wp-content/uploads/secret.png: port 9 is not called");
        Assert.Equal((1L, 1L), (second.Progress.MediaStored, second.Progress.MediaFailed));
        using var reader = Site.NewReader();
        Assert.Equal(2, (await reader.OpenAsync("/2020/02/20/boats/")).QuerySelectorAll(".e-content img").Length);
        var late = await Site.ReadAsync(db => db.Media.SingleAsync(m => m.ArticleId == 3));
        Assert.Equal(("image/png", 1), (late.MimeType, late.Width));
    }

    public sealed class OnSqlite : WordPressImportTests
    {
        protected override BroadsheetSite NewSite() => new SqliteSite();
    }

    public sealed class OnPostgres : WordPressImportTests
    {
        protected override BroadsheetSite NewSite() => new PostgresSite();
    }
}
