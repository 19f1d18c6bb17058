using System.Net;
using AngleSharp.Html.Dom;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Following;

public abstract class EndFollowingTests(BroadsheetSite site) : IAsyncLifetime
{
    private MailBox Box => new(site);

    public async ValueTask InitializeAsync() => await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("https://mail.example.net", null)]
    [InlineData("null", "cross-site")]
    public async Task A_mail_provider_ends_it_with_one_click_from_wherever_it_is(string? origin, string? fetchSite)
    {
        var address = $"one.click{origin?.Length}{fetchSite}@example.org";
        var letter = await TellAsync(address, "One click");
        using var provider = new HttpClient { BaseAddress = site.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, MailBox.OneClick(letter)) { Content = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]) };
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (fetchSite is not null) request.Headers.Add("Sec-Fetch-Site", fetchSite);

        using var answer = await provider.SendAsync(request);
        using var again = await provider.PostAsync(MailBox.OneClick(letter), null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.StatusCode, again.StatusCode));
        Assert.Equal((SubscriptionState.Ended, FollowLedger.EndedByReader), await StateAsync(address));
    }

    [Fact]
    public async Task Other_doors_stay_shut_to_other_sites()
    {
        var letter = await TellAsync("guarded@example.org", "Guarded");
        using var elsewhere = new HttpClient { BaseAddress = site.Url };
        elsewhere.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        foreach (var path in new[] { "/follow/", MailBox.Link(letter, "/follow/manage") })
        {
            using var answer = await elsewhere.PostAsync(path, new FormUrlEncodedContent([new("end", "all")]));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_reader_ends_it_with_the_link_in_the_mail_and_opening_it_is_not_enough()
    {
        var letter = await TellAsync("by.link@example.org", "By link");
        using var reader = site.NewReader();
        var path = MailBox.Link(letter, "/follow/end");

        var page = await reader.OpenAsync(path);
        Assert.Contains("The discussion of “By link”", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(SubscriptionState.Active, (await StateAsync("by.link@example.org")).State);
        using (await reader.PostAsync(((IHtmlFormElement)page.QuerySelector("main form")!).GetAttribute("action")!, [])) { }

        Assert.Equal(SubscriptionState.Ended, (await StateAsync("by.link@example.org")).State);
    }

    [Fact]
    public async Task Whoever_ended_it_may_follow_again_but_is_asked_again()
    {
        var letter = await TellAsync("again@example.org", "Again");
        using var reader = site.NewReader();
        using (await reader.PostAsync(MailBox.OneClick(letter), [])) { }
        var article = await site.ReadAsync(db => db.Subscriptions.Where(s => s.EmailFolded == "again@example.org").Select(s => s.ArticleId).SingleAsync());

        await reader.AskAsync("again@example.org", article);

        Assert.Equal((SubscriptionState.Pending, (string?)null), await StateAsync("again@example.org"));
        await reader.ConfirmAsync(await Box.WaitAsync("again@example.org", 2));
    }

    [Fact]
    public async Task The_page_of_all_that_one_follows_changes_and_ends_one_or_all_and_touches_nobody_elses()
    {
        var letter = await TellAsync("manager@example.org", "Managed");
        await site.FollowAtOnceAsync("manager@example.org", SubscriptionKind.Articles, 0);
        var foreign = await site.FollowAtOnceAsync("neighbour@example.org", SubscriptionKind.Articles, 0);
        using var reader = site.NewReader();
        var path = MailBox.Link(letter, "/follow/manage");
        var page = await reader.OpenAsync(path);
        Assert.Equal(2, page.QuerySelectorAll(".followed select").Length);
        Assert.Contains("m…@example.org", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("manager@", page.Body.TextContent, StringComparison.Ordinal);

        var selects = page.QuerySelectorAll(".followed select").Select(s => s.GetAttribute("name")!).ToList();
        using (await reader.PostAsync(path, [new(selects[0], "daily"), new(selects[1], "immediate"), new($"frequency-{foreign}", "daily")])) { }
        Assert.Equal([MailFrequency.Immediate, MailFrequency.Daily], await site.ReadAsync(db => db.Subscriptions.Where(s => s.EmailFolded == "manager@example.org").Select(s => s.Frequency).OrderBy(f => f).ToListAsync()));

        using (await reader.PostAsync(path, [new("end", selects[0].Split('-')[1])])) { }
        using (await reader.PostAsync(path, [new("end", $"{foreign}")])) { }
        Assert.Equal(1, await site.ReadAsync(db => db.Subscriptions.CountAsync(s => s.EmailFolded == "manager@example.org" && s.State == SubscriptionState.Active)));
        using (await reader.PostAsync(path, [new("end", "all")])) { }
        Assert.False(await site.ReadAsync(db => db.Subscriptions.AnyAsync(s => s.EmailFolded == "manager@example.org" && s.State == SubscriptionState.Active)));
        Assert.Equal((SubscriptionState.Active, MailFrequency.Immediate), await site.ReadAsync(db => db.Subscriptions.Where(s => s.Id == foreign).Select(s => new { s.State, s.Frequency }).SingleAsync()) is var kept ? (kept.State, kept.Frequency) : default);
    }

    private async Task<MimeKit.MimeMessage> TellAsync(string address, string title)
    {
        var article = await site.PublishAsync(title);
        await site.FollowAtOnceAsync(address, SubscriptionKind.Thread, article.Id);
        using var reader = site.NewReader();
        using (await reader.CommentAsync(article.Path, $"News for {address}.")) { }
        return await Box.WaitAsync(address);
    }

    private async Task<(SubscriptionState State, string? Reason)> StateAsync(string address) => await site.SubscriptionAsync(address) is { } row ? (row.State, row.Reason) : throw new InvalidOperationException("There is none.");

    public sealed class OnSqlite(SqliteSite site) : EndFollowingTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : EndFollowingTests(site), IClassFixture<PostgresSite>;
}
