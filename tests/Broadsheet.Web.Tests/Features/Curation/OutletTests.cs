using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Curation;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Curation;

/// <summary>Outlets are added, asked politely, and changed; hubs bring what is new.</summary>
public abstract class OutletTests(BroadsheetSite site)
{
    private FeedServer Feeds => ((IWireSite)site).Feeds;

    [Fact]
    public async Task An_outlet_is_added_by_its_site_and_its_stories_come_in()
    {
        Feeds.SetFeed("/a/feed", "The Wire", [Feeds.Item("a1", "Harbour reopens", "<p onclick=\"alert(1)\">The harbour is <a href=\"/open\">open</a>.</p><script>alert(2)</script>")]);
        Feeds.Set("/a/", "<!doctype html><html><head><link rel=alternate type=application/rss+xml href=/a/feed></head><body>Welcome</body></html>", "text/html");
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);

        using var answer = await editor.SubmitAsync("/newsroom/outlets/", [new("feed", new Uri(Feeds.Url, "/a/").AbsoluteUri)], form: "form[action='/newsroom/outlets/new/']");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var outlet = await FindAsync("/a/feed");
        Assert.Equal(("The Wire", RepublishingTerms.Unknown, (string?)null), (outlet.Name, outlet.Terms, outlet.Problem));
        var item = await site.ReadAsync(db => db.WireItems.SingleAsync(w => w.OutletId == outlet.Id));
        Assert.Equal(("a1", "Harbour reopens", "Ines Moor", item.Id), (item.Key, item.Title, item.Author, item.GroupId));
        Assert.Contains($"href=\"{new Uri(Feeds.Url, "/open")}\"", item.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("alert", item.Body, StringComparison.Ordinal);
        Assert.Contains("one story came in", (await editor.OpenAsync(answer.Headers.Location!.OriginalString)).QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        using var again = await editor.SubmitAsync("/newsroom/outlets/", [new("feed", new Uri(Feeds.Url, "/a/feed").AbsoluteUri)], form: "form[action='/newsroom/outlets/new/']");
        // The address of the form that was refused, opened once more.
        Assert.NotNull((await editor.OpenAsync("/newsroom/outlets/new/")).QuerySelector("form[action='/newsroom/outlets/new/']"));
        Assert.Contains("here already", (await StaffClient.PageOf(again)).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_without_its_scheme_is_tried_by_https_and_then_by_http()
    {
        Feeds.SetFeed("/plain/feed", "No certificate", []);
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);

        using var answer = await editor.SubmitAsync("/newsroom/outlets/", [new("feed", $"{Feeds.Url.Authority}/plain/feed")], form: "form[action='/newsroom/outlets/new/']");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(new Uri(Feeds.Url, "/plain/feed").AbsoluteUri, (await FindAsync("/plain/feed")).FeedUrl);
    }

    [Fact]
    public async Task A_place_that_is_no_feed_and_links_none_is_told_and_a_private_one_is_not_called()
    {
        Feeds.Set("/nothing", "<html><body>Nothing</body></html>", "text/html");
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);

        foreach (var (address, words) in new[] { (new Uri(Feeds.Url, "/nothing").AbsoluteUri, "an HTML page, not a feed"), ("http://127.0.0.2/feed", "private network"), ("", "Give the address") })
        {
            using var answer = await editor.SubmitAsync("/newsroom/outlets/", [new("feed", address)], form: "form[action='/newsroom/outlets/new/']");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(words, (await StaffClient.PageOf(answer)).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_feed_is_asked_conditionally_and_changed_stories_change_in_place()
    {
        var id = await AddAsync("/b/feed", "Haven", [Feeds.Item("b1", "First words", "<p>One.</p>")], ("ETag", "\"v1\""));
        var poll = site.App.Services.GetRequiredService<PollOutlet>();
        Assert.Equal(new Polled(1, 0, null), await poll.RunAsync(id, evenEarly: true, CancellationToken.None));

        Assert.Equal(new Polled(0, 0, null), await poll.RunAsync(id, evenEarly: true, CancellationToken.None));
        Assert.Equal("\"v1\"", Feeds.Requests.Last(r => r.Path == "/b/feed").IfNoneMatch);
        Feeds.SetFeed("/b/feed", "Haven", [Feeds.Item("b2", "Second words", "<p>Two.</p>"), Feeds.Item("b1", "First words, corrected", "<p>One.</p>")], headers: ("ETag", "\"v2\""));
        Assert.Equal(new Polled(1, 1, null), await poll.RunAsync(id, evenEarly: true, CancellationToken.None));

        var items = await site.ReadAsync(db => db.WireItems.Where(w => w.OutletId == id).OrderBy(w => w.Key).ToListAsync());
        Assert.Equal(["First words, corrected", "Second words"], items.Select(i => i.Title));
        Assert.NotNull(items[0].ChangedAt);
    }

    [Fact]
    public async Task A_feed_that_moved_for_good_is_asked_at_its_new_place_and_one_that_is_gone_no_more()
    {
        var id = await AddAsync("/c/old", "Moving", []);
        Feeds.SetFeed("/c/new", "Moving", [Feeds.Item("c1", "Moved", "<p>Here.</p>")]);
        Feeds.Set("/c/old", "", status: 301, headers: ("Location", "/c/new"));
        var poll = site.App.Services.GetRequiredService<PollOutlet>();

        await poll.RunAsync(id, evenEarly: true, CancellationToken.None);
        Assert.EndsWith("/c/new", (await FindAsync(id)).FeedUrl, StringComparison.Ordinal);
        Feeds.Set("/c/new", "gone", status: 410);
        await poll.RunAsync(id, evenEarly: true, CancellationToken.None);

        var gone = await FindAsync(id);
        Assert.True(gone.IsGone);
        Assert.Equal("The feed is gone for good (410).", gone.Problem);
    }

    [Fact]
    public async Task A_failing_outlet_is_asked_more_rarely_and_says_why_and_one_that_asks_for_rest_gets_it()
    {
        var id = await AddAsync("/d/feed", "Trouble", []);
        var poll = site.App.Services.GetRequiredService<PollOutlet>();
        Feeds.Set("/d/feed", "busy", status: 503);
        for (var i = 0; i < 5; i++) await poll.RunAsync(id, evenEarly: true, CancellationToken.None);
        var failing = await FindAsync(id);
        Assert.Equal((5, "It answered 503."), (failing.Failures, failing.Problem));
        Assert.InRange(failing.NextPollAt - TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(3.5), TimeSpan.FromHours(4.5));
        Feeds.Set("/d/feed", "busy", status: 429, headers: ("Retry-After", "100000"));

        await poll.RunAsync(id, evenEarly: true, CancellationToken.None);

        Assert.True((await FindAsync(id)).NextPollAt - TimeProvider.System.GetUtcNow() > TimeSpan.FromSeconds(89_000));
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        Assert.Contains("Failed 6 times", (await editor.OpenAsync("/newsroom/outlets/")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outlet_is_changed_paused_deleted_and_brought_back()
    {
        var id = await AddAsync("/e/feed", "Changed", []);
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var page = string.Create(CultureInfo.InvariantCulture, $"/newsroom/outlets/{id}/");

        using var wrong = await editor.SubmitAsync(page, [new("creditFormat", "{date}"), new("minutes", "3"), new("terms", "Excerpt"), new("words", "0")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(3, (await StaffClient.PageOf(wrong)).QuerySelectorAll(".field .problem").Length);
        using var saved = await editor.SubmitAsync(page, [new("terms", "Excerpt"), new("words", "40"), new("creditFormat", "{outlet}, {date}"), new("minutes", "30"), new("language", "en-GB"), new("canonical", null)]);
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        var outlet = await FindAsync(id);
        Assert.Equal((RepublishingTerms.Excerpt, 40, "{outlet}, {date}", 30, "en-GB", false), (outlet.Terms, outlet.TermsWords, outlet.CreditFormat, outlet.PollMinutes, outlet.Language, outlet.Canonical));

        foreach (var (deed, check) in new (string, Func<Outlet, bool>)[] { ("pause", o => o.IsPaused), ("resume", o => !o.IsPaused), ("delete", o => o.DeletedAt is not null) })
        {
            var list = await editor.OpenAsync("/newsroom/outlets/");
            var form = (AngleSharp.Html.Dom.IHtmlFormElement)list.QuerySelector($"form[action='/newsroom/outlets/{id}/poll/']")!;
            form.SetAttribute("action", string.Create(CultureInfo.InvariantCulture, $"/newsroom/outlets/{id}/{deed}/"));
            using var answer = await editor.SendAsync(form, "/newsroom/outlets/", []);
            Assert.True(check(await FindAsync(id)), deed);
        }
        using var undone = await editor.SubmitAsync("/newsroom/outlets/", [], form: ".notice form");
        Assert.Null((await FindAsync(id)).DeletedAt);
    }

    [Fact]
    public async Task A_list_is_shown_first_and_its_ticked_outlets_are_added()
    {
        await AddAsync("/f/known", "Known", []);
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var list = $"<opml version='2.0'><body><outline text='Ports'><outline text='Known' xmlUrl='{new Uri(Feeds.Url, "/f/known")}'/><outline text='Fresh' xmlUrl='{new Uri(Feeds.Url, "/f/fresh")}'/></outline></body></opml>";

        using var shown = await editor.SubmitAsync("/newsroom/outlets/import/", [], files: ("list", "list.opml", Encoding.UTF8.GetBytes(list)));
        var page = await StaffClient.PageOf(shown);
        Assert.Equal(["Known", "Fresh"], page.QuerySelectorAll(".rows .title span").Select(t => t.TextContent));
        Assert.True(page.QuerySelector("input[name=pick]")!.HasAttribute("disabled"));
        Assert.False(await site.ReadAsync(db => db.Outlets.AnyAsync(o => o.Name == "Fresh")));
        page.QuerySelector("input[disabled]")!.Remove();
        using var added = await editor.SendAsync((AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("main form")!, "/newsroom/outlets/import/", []);

        Assert.Equal(HttpStatusCode.Found, added.StatusCode);
        Assert.True(await site.ReadAsync(db => db.Outlets.AnyAsync(o => o.Name == "Fresh")));
        Assert.Contains("text=\"Fresh\"", await editor.Browser.Http.GetStringAsync(new Uri("/newsroom/outlets/outlets.opml", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_is_asked_answers_and_brings_what_it_signed()
    {
        var hub = new Uri(Feeds.Url, "/hub").AbsoluteUri;
        Feeds.Set("/hub", "", status: 202);
        var id = await AddAsync("/g/feed", "Hubbed", []);
        var topic = Feeds.SetFeed("/g/feed", "Hubbed", [], $"<atom:link rel=\"hub\" href=\"{hub}\"/><atom:link rel=\"self\" href=\"{new Uri(Feeds.Url, "/g/feed")}\"/>");
        await site.App.Services.GetRequiredService<PollOutlet>().RunAsync(id, evenEarly: true, CancellationToken.None);
        await Eventually.SeesAsync(() => Task.FromResult(Feeds.Requests.Any(r => r.Path == "/hub")));

        var asked = Feeds.Requests.First(r => r.Path == "/hub").Form;
        Assert.Equal(("subscribe", topic, false), (asked["hub.mode"], asked["hub.topic"], asked.ContainsKey("hub.secret")));
        Assert.StartsWith($"{IWireSite.PublicUrl}/websub/", asked["hub.callback"], StringComparison.Ordinal);
        var callback = new Uri(asked["hub.callback"]).AbsolutePath;
        using var http = new HttpClient { BaseAddress = site.Url };
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri($"{callback}?hub.mode=subscribe&hub.topic=http://other.test/&hub.challenge=x&hub.lease_seconds=100", UriKind.Relative))).StatusCode);
        Assert.Equal("a<b", await http.GetStringAsync(new Uri($"{callback}?hub.mode=subscribe&hub.topic={Uri.EscapeDataString(topic)}&hub.challenge=a%3Cb&hub.lease_seconds=864000", UriKind.Relative)));
        Assert.InRange((await FindAsync(id)).HubUntil!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(9.9), TimeSpan.FromDays(10.1));

        await site.Writes.RunAsync((scope, ct) => scope.Db.Outlets.Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.HubSecret, "secret"), ct), CancellationToken.None);
        var body = Encoding.UTF8.GetBytes($"<rss version=\"2.0\"><channel><title>Hubbed</title><item><guid>g1</guid><title>Pushed</title><pubDate>{TimeProvider.System.GetUtcNow():R}</pubDate></item></channel></rss>");
        foreach (var (signature, stories) in new[] { ("sha256=00", 0), ($"sha256={Convert.ToHexStringLower(HMACSHA256.HashData("secret"u8, body))}", 1) })
        {
            using var push = new HttpRequestMessage(HttpMethod.Post, callback) { Content = new ByteArrayContent(body) };
            push.Headers.Add("X-Hub-Signature", signature);
            Assert.Equal(HttpStatusCode.Accepted, (await http.SendAsync(push)).StatusCode);
            Assert.Equal(stories, await site.ReadAsync(db => db.WireItems.CountAsync(w => w.OutletId == id)));
        }
    }

    private async Task<long> AddAsync(string path, string name, IEnumerable<string> items, params (string, string)[] headers)
    {
        var feed = Feeds.SetFeed(path, name, items, headers: headers);
        return await site.Writes.RunAsync(async (scope, ct) =>
        {
            var id = (await OutletLedger.AddAsync(scope, Web.Features.Curation.Outlets.EditOutlet.New(name, feed, null, null), ct)).Value;
            // Not by the job, while a test looks.
            await scope.Db.Outlets.Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.NextPollAt, scope.Now.AddDays(1)), ct);
            return id;
        }, CancellationToken.None);
    }

    private Task<Outlet> FindAsync(long id) => site.ReadAsync(db => db.Outlets.SingleAsync(o => o.Id == id));

    private Task<Outlet> FindAsync(string path)
    {
        var feed = new Uri(Feeds.Url, path).AbsoluteUri;
        return site.ReadAsync(db => db.Outlets.SingleAsync(o => o.FeedUrl == feed));
    }

    public sealed class OnSqlite(SqliteWireSite site) : OutletTests(site), IClassFixture<SqliteWireSite>;

    public sealed class OnPostgres(PostgresWireSite site) : OutletTests(site), IClassFixture<PostgresWireSite>;
}
