using System.Net;
using System.Text.Json;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Moderation.Akismet;
using Broadsheet.Web.Outbound;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>Akismet's documented cases against a local double: what is asked, what is made of the answer, what is told of decisions, what happens while it is away.</summary>
public abstract class AkismetTests(BroadsheetSite site) : IAsyncLifetime
{
    private AkismetDouble _akismet = null!;

    public async ValueTask InitializeAsync()
    {
        _akismet = await AkismetDouble.StartAsync();
        await site.StopAsync();
        await site.StartAsync(_akismet.Configuration);
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0, CheckModes = [] });
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _akismet.DisposeAsync();
    }

    [Fact]
    public async Task What_Akismet_says_is_kept_with_the_comment_and_every_documented_field_is_sent()
    {
        var article = await site.PublishAsync("Asked of Akismet");

        var ham = await SayAsync(article, "Good words.", "Ann");
        var spam = await SayAsync(article, "Bad words.", "akismet-guaranteed-spam");
        var blatant = await SayAsync(article, "Some blatant words.", "Bob");

        Assert.Equal([Standing.Shown, Standing.Spam, Standing.Spam], [ham.Standing, spam.Standing, blatant.Standing]);
        Assert.Equal(["Akismet sees no spam in it.", "Akismet takes it for spam.", "Akismet takes it for blatant spam."], [Said(ham).Reason, Said(spam).Reason, Said(blatant).Reason]);
        Assert.StartsWith("guid-of-the-double ", Said(ham).Note, StringComparison.Ordinal);
        var form = _akismet.Calls.First(c => c.Call == "comment-check").Form;
        foreach (var field in (string[])["api_key", "blog", "user_ip", "user_agent", "referrer", "permalink", "comment_type", "comment_author", "comment_author_email", "comment_author_url", "comment_content", "comment_date_gmt", "comment_post_modified_gmt", "blog_lang", "blog_charset", "honeypot_field_name", "comment_context[]"])
            Assert.True(form.ContainsKey(field), field);
        Assert.Equal(("Good words.", "Ann", "comment", "UTF-8", $"{site.Url}", new Uri(site.Url, article.Path).ToString()), (form["comment_content"], form["comment_author"], form["comment_type"], form["blog_charset"], form["blog"], form["permalink"]));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", form["comment_date_gmt"]);
    }

    [Fact]
    public async Task What_this_server_knows_to_be_spam_is_told_to_nobody()
    {
        var article = await site.PublishAsync("Trapped");
        using var reader = site.NewReader();
        using var trapped = await reader.CommentAsync(article.Path, "Trapped words.", "Cid", "cid@example.org", [new("website_url", "https://spam.example")]);

        Assert.Equal(HttpStatusCode.Found, trapped.StatusCode);
        Assert.DoesNotContain(_akismet.Calls, c => c.Form.GetValueOrDefault("comment_content") == "Trapped words.");
        await site.SetAsync(p => p with { CheckModes = new() { ["akismet"] = CheckMode.Off } });
        await SayAsync(article, "Turned off.", "akismet-guaranteed-spam");
        Assert.DoesNotContain(_akismet.Calls, c => c.Form.GetValueOrDefault("comment_content") == "Turned off.");
    }

    [Fact]
    public async Task Decisions_are_told_with_the_values_that_were_asked_about()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("Decided");
        var (ham, spam) = (await SayAsync(article, "Was ham.", "Dee"), await SayAsync(article, "Was spam.", "akismet-guaranteed-spam"));

        await site.Writes.RunAsync((scope, ct) => DecisionLedger.DecideAsync(scope, [new SeenComment(ham.Id)], new DecisionWish(Standing.Spam, mod.Id), ct), CancellationToken.None);
        await site.Writes.RunAsync((scope, ct) => DecisionLedger.DecideAsync(scope, [new SeenComment(spam.Id)], new DecisionWish(Standing.Shown, mod.Id), ct), CancellationToken.None);

        await Eventually.SeesAsync(() => Task.FromResult(_akismet.Calls.Count(c => c.Call.StartsWith("submit", StringComparison.Ordinal)) == 2));
        foreach (var (call, words) in ((string, string)[])[("submit-spam", "Was ham."), ("submit-ham", "Was spam.")])
        {
            var told = _akismet.Calls.Single(c => c.Call == call).Form;
            var asked = _akismet.Calls.Single(c => c.Call == "comment-check" && c.Form["comment_content"] == words).Form;
            Assert.All(["blog", "user_ip", "permalink", "comment_author", "comment_author_email", "comment_content", "comment_date_gmt"], field => Assert.Equal(asked[field], told[field]));
            Assert.Equal("guid-of-the-double", told["guid"]);
        }
    }

    [Fact]
    public async Task While_it_is_away_comments_come_through_and_it_is_asked_again()
    {
        _akismet.IsDown = true;
        var article = await site.PublishAsync("Away");
        var spam = await SayAsync(article, "Later spam.", "akismet-guaranteed-spam");
        Assert.Equal(Standing.Shown, spam.Standing);
        Assert.Contains("asked again later", Said(spam).Reason, StringComparison.Ordinal);

        _akismet.IsDown = false;
        await site.Writes.RunAsync((scope, ct) => scope.Db.Outbox.Where(o => o.Job == CommentLedger.AskAgainJob).ExecuteUpdateAsync(set => set.SetProperty(o => o.DueAt, scope.Now), ct), CancellationToken.None);

        await Eventually.SeesAsync(async () => (await FindAsync(spam.Id)).Standing == Standing.Spam);
        Assert.Equal("outage", _akismet.Calls.Last(c => c.Form.GetValueOrDefault("comment_content") == "Later spam.").Form["recheck_reason"]);
        Assert.Equal("Akismet takes it for spam.", Said(await FindAsync(spam.Id)).Reason);
        Assert.Null((await site.ReadAsync(db => db.Decisions.SingleAsync(d => d.CommentId == spam.Id))).PersonId);
        using var reader = site.NewReader();
        Assert.DoesNotContain("Later spam.", await reader.ReadAsync(article.Path));
    }

    [Fact]
    public async Task Its_alerts_stand_on_the_front_desk()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        await SayAsync(await site.PublishAsync("Alert"), "An alert for you.", "Eve");

        Assert.Contains("Your plan has run out (10501)", (await admin.OpenAsync("/newsroom/")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(_akismet.Calls, c => c.Call == "verify-key");
    }

    [Fact]
    public async Task Readers_are_told_of_it_beneath_the_form_and_on_the_page()
    {
        using var reader = site.NewReader();
        var article = await site.PublishAsync("Told");
        await reader.ReadAsync(article.Path);

        Assert.Equal("Comments are screened on this server and by Akismet. How your data is used", Flat((await reader.OpenAsync(article.Path)).QuerySelector("#respond .screened")!.TextContent));
        Assert.Contains("Akismet (127.0.0.1)", (await reader.OpenAsync("/privacy/comments/")).QuerySelector(".screening-receivers")!.TextContent, StringComparison.Ordinal);
        await site.SetAsync(p => p with { CheckModes = new() { ["akismet"] = CheckMode.Off }, PurgeDays = 44, KeepAddressDays = 33 });
        Assert.Equal("Comments are screened on this server. How your data is used", Flat((await reader.OpenAsync(article.Path)).QuerySelector("#respond .screened")!.TextContent));
        var page = (await reader.OpenAsync("/privacy/comments/")).QuerySelector("main")!.TextContent;
        Assert.DoesNotContain("Akismet", page, StringComparison.Ordinal);
        Assert.Contains("44 days", page, StringComparison.Ordinal);
        Assert.Contains("33 days", page, StringComparison.Ordinal);
    }

    private async Task<Comment> SayAsync(PublishedArticle article, string words, string name)
    {
        using var reader = site.NewReader();
        using var posted = await reader.CommentAsync(article.Path, words, name, $"{name.ToLowerInvariant()}@example.org");
        Assert.Equal(HttpStatusCode.Found, posted.StatusCode);
        return await FindAsync(long.Parse(posted.Headers.Location!.OriginalString.Split("#comment-")[1]));
    }

    private Task<Comment> FindAsync(long id) => site.ReadAsync(db => db.Comments.SingleAsync(c => c.Id == id));

    private static CheckResult Said(Comment comment) => JsonSerializer.Deserialize<List<CheckResult>>(comment.Screening!)!.Single(r => r.Check == "akismet");

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public sealed class OnSqlite(SqliteSite site) : AkismetTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : AkismetTests(site), IClassFixture<PostgresSite>;
}

/// <summary>The client alone, case by case of the documentation.</summary>
public sealed class AkismetClientTests
{
    [Theory]
    [InlineData(AkismetDouble.Key, "akismet-guaranteed-spam", "", null, true)]
    [InlineData(AkismetDouble.Key, "A", "akismet-guaranteed-spam@example.com", null, true)]
    [InlineData(AkismetDouble.Key, "akismet-guaranteed-spam", "", Role.Administrator, false)]
    [InlineData(AkismetDouble.Key, "A", "", null, false)]
    [InlineData("WRONG", "A", "", null, null)]
    public async Task A_documented_case_is_answered_as_documented(string key, string author, string email, Role? role, bool? isSpam)
    {
        await using var server = await AkismetDouble.StartAsync();
        using var http = new GuardedHttp([new Uri(server.Url).Authority]);
        var alerts = new ServiceAlerts();
        var client = new AkismetClient(new AkismetOptions(key, new Uri(server.Url), IsTest: true), http, alerts);
        var draft = CommentDraft.Read(new CommentFields(1, null, "hello", author, email, null), false).Value;
        var submission = new CommentSubmission(draft, new CommentOrigin(null, "198.51.100.7", "", DateTimeOffset.UnixEpoch, DateTime.UnixEpoch), "hello", 0, false, null, false, true) { Role = role };
        var form = AkismetForm.Of(client.Options, submission, new SubmissionPlace("https://blog.example/", "https://blog.example/one/", "One", null, "en-GB", null, null));

        var answer = await client.CheckAsync(form, TestContext.Current.CancellationToken);
        var verified = await client.VerifyAsync("https://blog.example/", TestContext.Current.CancellationToken);
        var told = await client.TellAsync(true, form, TestContext.Current.CancellationToken);

        Assert.Equal(isSpam, answer.Problem is null ? answer.Value.IsSpam : null);
        Assert.Equal(isSpam is not null, verified.Value);
        Assert.Equal(isSpam is not null, told is null);
        Assert.Equal("1", server.Calls.First().Form["is_test"]);
        if (isSpam is not null) return;
        Assert.Contains("unable to parse your key", answer.Problem!.Message, StringComparison.Ordinal);
        Assert.Contains(alerts.All, a => a.Service == "Akismet");
    }
}
