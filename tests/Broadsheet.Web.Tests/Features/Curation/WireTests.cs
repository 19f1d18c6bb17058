using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Broadsheet.Core.Curation;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Curation;
using Broadsheet.Web.Features.Curation.Outlets;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Curation;

/// <summary>From an outlet to the wire to a page with credit, within the outlet's terms.</summary>
public abstract class WireTests(BroadsheetSite site)
{
    private const string Lead = "The island ferry will run again from Monday after engineers replaced a cracked shaft that had kept the vessel in dock for eleven days, its operator said on Thursday in a statement to passengers.";

    private static int _outlets;

    private FeedServer Feeds => ((IWireSite)site).Feeds;

    [Fact]
    public async Task A_story_goes_from_its_outlet_to_page_feed_and_structured_data_with_its_credit()
    {
        var at = TimeProvider.System.GetUtcNow().AddHours(-30);
        var outlet = await AddAsync("The Coastal Wire", RepublishingTerms.FullText, Feeds.Item("full", "Ferry runs again", string.Concat(Enumerable.Repeat($"<p>{Lead}</p>", 10)), at));
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var story = await StoryAsync(outlet);

        var article = await RepublishAsync(editor, story.Id);
        using var published = await editor.SubmitAsync($"/newsroom/articles/{article}/", [], ("deed", "publish"), "form.editor");
        Assert.Equal(HttpStatusCode.Found, published.StatusCode);

        var stored = await site.ReadAsync(db => db.Articles.SingleAsync(a => a.Id == article));
        Assert.Equal(("The Coastal Wire", $"{Feeds.Url}stories/full", "Ines Moor", RepublishingTerms.FullText, true), (stored.Credit!.Outlet, stored.Credit.OriginalUrl!.AbsoluteUri, stored.Credit.Author, stored.Credit.Terms, stored.Credit.CanonicalToOriginal));
        Assert.NotNull(stored.Credit.Retrieved);
        using var reader = site.NewReader();
        var page = await reader.OpenAsync(stored.PublishedLocal!.Value.ToString("'/'yyyy'/'MM'/'dd'/'", CultureInfo.InvariantCulture) + $"{stored.Slug}/");
        Assert.Contains($"The Coastal Wire | {at.UtcDateTime.ToString("MMMM d, yyyy", CultureInfo.InvariantCulture)}", page.QuerySelector("article")!.TextContent.Flat(), StringComparison.Ordinal);
        Assert.Equal($"{Feeds.Url}stories/full", page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        var data = page.QuerySelector("script[type='application/ld+json']")!.TextContent;
        Assert.Contains("isBasedOn", data, StringComparison.Ordinal);
        Assert.Contains("The Coastal Wire", data, StringComparison.Ordinal);
        var feed = await reader.Http.GetStringAsync(new Uri("/feed/", UriKind.Relative));
        Assert.Contains($"<source url=\"{Feeds.Url}stories/full\">The Coastal Wire</source>", feed, StringComparison.Ordinal);
        Assert.Contains("Ines Moor", feed, StringComparison.Ordinal);
        Assert.Equal((WireState.Taken, article), (await StoryAsync(outlet)) is var taken ? (taken.State, taken.ArticleId) : default);
        Assert.True(await site.ReadAsync(db => db.OriginalChecks.AnyAsync(c => c.ArticleId == article && c.Url.EndsWith("/stories/full"))));
    }

    [Fact]
    public async Task Each_kind_of_terms_gives_the_draft_that_it_allows()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        foreach (var (terms, words, has, hasNot) in new[] { (RepublishingTerms.Excerpt, 12, "The island ferry will run again from Monday after engineers replaced a…", "cracked"), (RepublishingTerms.LinkOnly, 0, "Read it at", "island"), (RepublishingTerms.Unknown, 0, "Read it at", "island") })
        {
            var outlet = await AddAsync($"Outlet of {terms}", terms, Feeds.Item($"t{terms}", $"Ferry of {terms}", $"<p>{Lead}</p>"), words);
            var article = await RepublishAsync(editor, (await StoryAsync(outlet)).Id);
            var body = await site.ReadAsync(db => db.Articles.Where(a => a.Id == article).Select(a => a.BodyHtml).SingleAsync());
            Assert.Contains(has, body, StringComparison.Ordinal);
            Assert.DoesNotContain(hasNot, body, StringComparison.Ordinal);
            Assert.Contains($"/stories/t{terms}", body, StringComparison.Ordinal);
        }
        var never = await AddAsync("Outlet that forbids", RepublishingTerms.Never, Feeds.Item("never", "Not to be had", $"<p>{Lead}</p>"));
        var story = await StoryAsync(never);
        var list = await editor.OpenAsync($"/newsroom/wire/?outlet={never}");
        using var refused = await editor.SendAsync((IHtmlFormElement)list.QuerySelector($"form[action='/newsroom/wire/{story.Id}/republish/']")!, "/newsroom/wire/", []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task A_republished_story_is_in_its_outlets_language()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        foreach (var (spoken, language) in new[] { ("DE_de", "de-DE"), ("en-GB", null), ("not a tag", null) })
        {
            var outlet = await AddAsync($"Outlet in {spoken}", RepublishingTerms.Excerpt, Feeds.Item($"l{spoken[0]}{spoken[1]}", $"Ferry in {spoken}", $"<p>{Lead}</p>"), 12, spoken);
            var article = await RepublishAsync(editor, (await StoryAsync(outlet)).Id);
            var stored = await site.ReadAsync(db => db.Articles.SingleAsync(a => a.Id == article));
            Assert.Equal(language, stored.Language);
            // Our own words in it are not the outlet's.
            Assert.Equal(language is not null, stored.BodyHtml.Contains("<p lang=\"en\"><a", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_text_beyond_the_terms_is_refused_until_an_editor_says_why()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var outlet = await AddAsync("The Strict Post", RepublishingTerms.Excerpt, Feeds.Item("strict", "Ferry, strictly", $"<p>{Lead}</p>"), 12);
        var article = await RepublishAsync(editor, (await StoryAsync(outlet)).Id);
        var path = $"/newsroom/articles/{article}/";

        using var own = await editor.SubmitAsync(path, [new("body", "<p>Words of our own about the ferry, its shaft, its passengers and how they waited for it to come home.</p>")], ("deed", "draft"), "form.editor");
        Assert.Equal(HttpStatusCode.Found, own.StatusCode);
        // Saying that the terms are others does not help: they are the outlet's.
        using var refused = await editor.SubmitAsync(path, [new("body", $"<p>{Lead}</p>"), new("terms", "FullText")], ("deed", "publish"), "form.editor");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await StaffClient.PageOf(refused);
        Assert.Contains("allows an excerpt of 12 words, and the text holds 34 of its words", page.QuerySelector("#f-terms-problem")!.TextContent, StringComparison.Ordinal);
        var form = (IHtmlFormElement)page.QuerySelector("form.editor")!;
        using var unsaid = await editor.SendAsync(form, path, [new("beyond_terms", "1")], ("deed", "publish"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsaid.StatusCode);
        using var said = await editor.SendAsync(form, path, [new("beyond_terms", "1"), new("terms_reason", "Their desk agreed by telephone.")], ("deed", "publish"));
        Assert.Equal(HttpStatusCode.Found, said.StatusCode);

        var record = await site.ReadAsync(db => db.TermsOverrides.SingleAsync(o => o.ArticleId == article));
        Assert.Equal((editor.Id, "Their desk agreed by telephone."), (record.PersonId, record.Reason));
        Assert.Contains("Their desk agreed by telephone.", (await editor.OpenAsync(path)).Body!.TextContent, StringComparison.Ordinal);
        using var again = await editor.SubmitAsync(path, [new("title", "Ferry, strictly speaking")], ("deed", "update"), "form.editor");
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
    }

    [Fact]
    public async Task Tellings_of_one_story_stand_as_one_and_are_decided_on_together()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var first = await AddAsync("First Teller", RepublishingTerms.LinkOnly, Feeds.Item("g1", "Lighthouse keeper retires after fifty years", "<p>After fifty years on the rock the last lighthouse keeper of the coast has handed in his keys, the harbour office said on Tuesday, and nobody will follow him in the post.</p>", TimeProvider.System.GetUtcNow().AddHours(-5)));
        var second = await AddAsync("Second Teller", RepublishingTerms.LinkOnly, Feeds.Item("g2", "Last keeper leaves the rock", "<p>After fifty years on the rock the last lighthouse keeper of the coast has handed in his keys, the harbour office said, and nobody will follow him in the post he held.</p>", TimeProvider.System.GetUtcNow().AddHours(-3)));
        var (one, two) = (await StoryAsync(first), await StoryAsync(second));
        Assert.Equal(one.GroupId, two.GroupId);

        var wire = await editor.OpenAsync("/newsroom/wire/");
        var row = wire.QuerySelector($"a.title[href='/newsroom/wire/{two.Id}/']")!.Closest("li")!;
        Assert.Contains("Told too by First Teller", row.TextContent.Flat(), StringComparison.Ordinal);
        Assert.Null(wire.QuerySelector($"a.title[href='/newsroom/wire/{one.Id}/']"));
        var form = (IHtmlFormElement)row.QuerySelector("form")!;
        form.SetAttribute("action", row.QuerySelector("button[data-key=d]")!.GetAttribute("formaction")!);
        using var dismissed = await editor.SendAsync(form, "/newsroom/wire/", []);
        Assert.Equal([WireState.Dismissed, WireState.Dismissed], [(await StoryAsync(first)).State, (await StoryAsync(second)).State]);
        using var undone = await editor.SubmitAsync("/newsroom/wire/", [], form: ".notice form");
        Assert.Equal([WireState.New, WireState.New], [(await StoryAsync(first)).State, (await StoryAsync(second)).State]);

        form.SetAttribute("action", $"/newsroom/wire/{two.Id}/snooze/");
        using var snoozed = await editor.SendAsync(form, "/newsroom/wire/", [new("days", "7")]);
        Assert.InRange((await StoryAsync(second)).SnoozedUntil!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
        form.SetAttribute("action", $"/newsroom/wire/{two.Id}/assign/");
        using var assigned = await editor.SendAsync(form, "/newsroom/wire/", []);
        Assert.Contains("Last keeper leaves the rock", (await editor.OpenAsync("/newsroom/wire/?state=mine")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Last keeper", (await editor.OpenAsync("/newsroom/wire/?state=all&q=KEEPER+leaves")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("No story is like this", (await editor.OpenAsync("/newsroom/wire/?state=all&q=zeppelin")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writer_nominates_a_page_by_its_address_and_its_text_is_extracted()
    {
        Feeds.Set("/page", $"<!doctype html><html lang=en><head><title>Boat found | Haven</title><meta property='og:site_name' content='Haven'></head><body><nav><a href=/>Home</a></nav><article><h1>Boat found</h1>{string.Concat(Enumerable.Repeat($"<p>{Lead}</p>", 6))}</article><footer>All rights reserved by nobody</footer></body></html>", "text/html");
        using var author = await StaffClient.SignInAsync(site, Role.Author);
        var url = new Uri(Feeds.Url, "/page").AbsoluteUri;
        // Of no outlet's site: those of other tests stand at this server, too.
        await site.Writes.RunAsync((scope, ct) => scope.Db.Outlets.ExecuteUpdateAsync(set => set.SetProperty(o => o.SiteUrl, (string?)null), ct), CancellationToken.None);

        var shared = await author.OpenAsync($"/newsroom/wire/nominate/?text={Uri.EscapeDataString(url)}&title=Boat");
        Assert.Equal(url, shared.QuerySelector("input[name=url]")!.GetAttribute("value"));
        using var answer = await author.SubmitAsync("/newsroom/wire/nominate/", [new("url", url), new("note", "For the harbour page")]);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var item = await site.ReadAsync(db => db.WireItems.SingleAsync(w => w.Url == url));
        Assert.Equal(("Haven", author.Id, "For the harbour page"), (item.OutletName, item.NominatedBy, item.Note));
        Assert.Contains("cracked shaft", item.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("All rights reserved", item.Body, StringComparison.Ordinal);
        using var missing = await author.SubmitAsync("/newsroom/wire/nominate/", [new("url", new Uri(Feeds.Url, "/missing").AbsoluteUri)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, missing.StatusCode);
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var wire = await editor.OpenAsync("/newsroom/wire/?state=all&q=boat");
        Assert.StartsWith($"javascript:void(open('{IWireSite.PublicUrl}/newsroom/wire/nominate/?url=", wire.QuerySelector("details a")!.GetAttribute("href"), StringComparison.Ordinal);
        var manifest = JsonNode.Parse(await editor.Browser.Http.GetStringAsync(new Uri("/newsroom/newsroom.webmanifest", UriKind.Relative)))!;
        Assert.Equal("/newsroom/wire/nominate/", (string?)manifest["share_target"]!["action"]);
        foreach (var icon in manifest["icons"]!.AsArray())
        {
            var bytes = await editor.Browser.Http.GetByteArrayAsync(new Uri((string)icon!["src"]!, UriKind.Relative));
            // A PNG of the size that is said: its width and height stand at byte 16.
            Assert.Equal((string)icon["sizes"]!, $"{BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16))}x{BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20))}");
        }
    }

    [Fact]
    public async Task A_page_on_an_outlets_own_site_has_that_outlets_terms()
    {
        var edit = EditOutlet.New("Strict Press", new Uri(Feeds.Url, "/strict-feed").AbsoluteUri, new Uri(Feeds.Url, "/strict/").AbsoluteUri, "en") with { Terms = TermsOfOutlet.Create(RepublishingTerms.Never).Value };
        var outlet = await site.Writes.RunAsync(async (scope, ct) => (await OutletLedger.AddAsync(scope, edit, ct)).Value, CancellationToken.None);
        Feeds.Set("/strict/page", $"<title>Kept to ourselves</title><article>{string.Concat(Enumerable.Repeat($"<p>{Lead}</p>", 6))}</article>", "text/html");
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var url = new Uri(Feeds.Url, "/strict/page").AbsoluteUri;
        using var nominated = await editor.SubmitAsync("/newsroom/wire/nominate/", [new("url", url)]);

        var item = await site.ReadAsync(db => db.WireItems.SingleAsync(w => w.Url == url));
        var token = (await editor.OpenAsync("/newsroom/")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var refused = await editor.Browser.PostAsync($"/newsroom/wire/{item.Id}/republish/", [new("__RequestVerificationToken", token)]);

        Assert.Equal((outlet, "Strict Press"), (item.OutletId, item.OutletName));
        // As the feed knows it afterwards: by the page's address, led to by a longer one.
        await site.Writes.RunAsync((scope, ct) => scope.Db.WireItems.Where(w => w.Id == item.Id).ExecuteUpdateAsync(set => set.SetProperty(w => w.Url, url + "?from=feed"), ct), CancellationToken.None);
        using var again = await editor.SubmitAsync("/newsroom/wire/nominate/", [new("url", url)]);
        Assert.EndsWith($"/{item.Id}/", again.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("does not let others republish", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_used_is_forgotten_after_ninety_days()
    {
        var outlet = await AddAsync("Old News", RepublishingTerms.LinkOnly, Feeds.Item("old", "Old story", "<p>Old.</p>"));
        var story = await StoryAsync(outlet);
        foreach (var (days, kept) in new[] { (89, 1), (91, 0) })
        {
            await site.Writes.RunAsync((scope, ct) => scope.Db.WireItems.Where(w => w.Id == story.Id).ExecuteUpdateAsync(set => set.SetProperty(w => w.SeenAt, scope.Now.AddDays(-days)), ct), CancellationToken.None);
            await site.Writes.RunAsync(WireLedger.PurgeAsync, CancellationToken.None);
            Assert.Equal(kept, await site.ReadAsync(db => db.WireItems.CountAsync(w => w.Id == story.Id)));
        }
    }

    private async Task<long> RepublishAsync(StaffClient editor, long story)
    {
        using var answer = await editor.SubmitAsync($"/newsroom/wire/{story}/", [], form: $"form[action='/newsroom/wire/{story}/republish/']");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return long.Parse(answer.Headers.Location!.OriginalString.Split('/')[3], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_later_telling_is_with_whom_has_the_story_until_one_of_them_is_republished()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        const string Words = "The old crane at the northern quay, which had stood since 1911, was taken down on Friday before a crowd of several hundred, the port authority said, and its hook will go to the museum.";
        Task<long> Telling(string outlet, int hours) => AddAsync(outlet, RepublishingTerms.LinkOnly, Feeds.Item($"crane{hours}", $"Crane, told by {outlet}", $"<p>{Words}</p>", TimeProvider.System.GetUtcNow().AddHours(-hours)));
        var dismissed = await StoryAsync(await Telling("Crane One", 9));
        await site.Writes.RunAsync((scope, ct) => WireDecisions.DecideAsync(scope, dismissed.Id, WireState.Dismissed, null, ct), CancellationToken.None);
        var second = await StoryAsync(await Telling("Crane Two", 6));
        await site.Writes.RunAsync((scope, ct) => WireDecisions.AssignAsync(scope, second.Id, _ => ann.Id, ct), CancellationToken.None);

        var third = await Telling("Crane Three", 3);

        Assert.Equal((dismissed.GroupId, (long?)ann.Id), ((await StoryAsync(third)).GroupId, (await StoryAsync(third)).AssignedTo));
        Assert.Contains("Crane, told by Crane Three", (await ann.OpenAsync("/newsroom/")).Body!.TextContent, StringComparison.Ordinal);
        var article = await site.PublishAsync("Crane down");
        await site.Writes.RunAsync((scope, ct) => WireDecisions.TakeAsync(scope, second.Id, article.Id, null, ct), CancellationToken.None);
        Assert.Null((await StoryAsync(third)).AssignedTo);
    }

    private async Task<long> AddAsync(string name, RepublishingTerms terms, string item, int words = 0, string language = "en")
    {
        var feed = Feeds.SetFeed($"/w/{Interlocked.Increment(ref _outlets)}", name, [item]);
        var edit = EditOutlet.New(name, feed, null, language) with { Terms = Broadsheet.Core.Curation.TermsOfOutlet.Create(terms, words > 0 ? words : null).Value };
        var id = await site.Writes.RunAsync(async (scope, ct) => (await OutletLedger.AddAsync(scope, edit, ct)).Value, CancellationToken.None);
        await site.App.Services.GetRequiredService<PollOutlet>().RunAsync(id, evenEarly: true, CancellationToken.None);
        await Eventually.SeesAsync(() => site.ReadAsync(db => db.WireItems.AnyAsync(w => w.OutletId == id)));
        return id;
    }

    private Task<WireItem> StoryAsync(long outlet) => site.ReadAsync(db => db.WireItems.SingleAsync(w => w.OutletId == outlet));

    public sealed class OnSqlite(SqliteWireSite site) : WireTests(site), IClassFixture<SqliteWireSite>;

    public sealed class OnPostgres(PostgresWireSite site) : WireTests(site), IClassFixture<PostgresWireSite>;
}
