using System.Net;
using System.Text.Json;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Accounts.Leaving;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Accounts;

/// <summary>What somebody can find out about what is known of them, and have deleted.</summary>
public abstract class LeavingTests(BroadsheetSite site)
{
    [Fact]
    public async Task Of_an_address_that_nobody_proved_nothing_is_told_and_nothing_deleted()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        var article = await site.PublishAsync("Of another");
        await site.Writes.RunAsync((scope, ct) => { scope.Db.Subscriptions.Add(new Subscription { Email = ann.Email, EmailFolded = FollowLedger.Fold(ann.Email), Kind = SubscriptionKind.Thread, ArticleId = article.Id, State = SubscriptionState.Active, AskedAt = scope.Now }); return Task.CompletedTask; }, CancellationToken.None);

        foreach (var (isProven, count) in new[] { (false, 0), (true, 1) })
        {
            await site.Writes.RunAsync((scope, ct) => scope.Db.Users.Where(p => p.Id == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.EmailConfirmed, isProven), ct), CancellationToken.None);
            using var answer = await ann.SubmitAsync("/account/data/", []);
            Assert.Equal(count, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("subscriptions").GetArrayLength());
        }

        await site.Writes.RunAsync((scope, ct) => scope.Db.Users.Where(p => p.Id == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.EmailConfirmed, false).SetProperty(p => p.LeavesAt, scope.Now.AddMinutes(-1)), ct), CancellationToken.None);
        await site.Writes.RunAsync((scope, ct) => LeavingLedger.EndAsync(scope, ann.Id, ct), CancellationToken.None);
        Assert.Equal((0, 1), await site.ReadAsync(async db => (await db.Users.CountAsync(p => p.Id == ann.Id), await db.Subscriptions.CountAsync(s => s.EmailFolded == FollowLedger.Fold(ann.Email)))));
    }

    [Fact]
    public async Task All_that_is_known_of_somebody_is_one_file_and_nothing_of_others()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader, "a long password of hers");
        using var bob = await StaffClient.SignInAsync(site, Role.Reader);
        var article = await site.PublishAsync("Known");
        await SayAsync(ann, article, "Mine, and <b>so</b> it stands.");
        await SayAsync(bob, article, "Not hers.");
        using (await ann.Browser.PostAsync("/discussion/like/", [new("post", $"{article.Id}")])) { }
        var kept = await HoldKeysAsync(ann);

        using var answer = await ann.SubmitAsync("/account/data/", []);

        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        var text = await answer.Content.ReadAsStringAsync();
        var data = JsonDocument.Parse(text).RootElement;
        Assert.Equal(ann.Email, data.GetProperty("account").GetProperty("email").GetString());
        var comment = Assert.Single(data.GetProperty("comments").EnumerateArray());
        Assert.Equal("Mine, and <b>so</b> it stands.", comment.GetProperty("words").GetString());
        Assert.Equal("127.0.0.1", comment.GetProperty("address").GetString());
        Assert.NotEmpty(data.GetProperty("sessions").EnumerateArray());
        Assert.DoesNotContain("Not hers", text, StringComparison.Ordinal);
        Assert.DoesNotContain(bob.Email, text, StringComparison.Ordinal);
        var (passkey, program, steps) = (Assert.Single(data.GetProperty("passkeys").EnumerateArray()), Assert.Single(data.GetProperty("application_passwords").EnumerateArray()), data.GetProperty("two_steps"));
        Assert.Equal(("Her phone", "Her program", TwoStepsLedger.RecoveryCodes), (passkey.GetProperty("name").GetString(), program.GetProperty("name").GetString(), steps.GetProperty("recovery_codes_left").GetInt32()));
        Assert.True(steps.GetProperty("on_since").GetDateTimeOffset() >= program.GetProperty("created_at").GetDateTimeOffset());
        // No secret: neither the password's hash nor a session's, nor the stamp, nor what an app, a program or a device signs in with.
        var secrets = await site.ReadAsync(async db => (await db.Users.Where(p => p.Id == ann.Id).Select(p => new { p.PasswordHash, p.SecurityStamp }).SingleAsync(), await db.Sessions.Where(s => s.PersonId == ann.Id).Select(s => s.Hash).ToListAsync()));
        foreach (var secret in secrets.Item2.Append(secrets.Item1.PasswordHash!).Append(secrets.Item1.SecurityStamp!).Concat(kept)) Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keep")]
    [InlineData("remove")]
    public async Task An_account_is_deleted_a_day_after_and_its_comments_as_its_owner_chose(string comments)
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using var bob = await StaffClient.SignInAsync(site, Role.Reader);
        var article = await site.PublishAsync($"Left {comments}");
        await SayAsync(ann, article, "Words that were left.");
        var first = await site.ReadAsync(db => db.Comments.Where(c => c.PersonId == ann.Id).Select(c => c.Id).SingleAsync());
        using (await bob.Browser.CommentAsync($"{article.Path}?replytocom={first}", "An answer to them.")) { }
        await ShowAsync(bob.Id);
        await HoldKeysAsync(ann);

        using (var asked = await ann.SubmitAsync("/account/leave/", [new("comments", comments)])) Assert.Equal("/account/?said=leaving", asked.Headers.Location?.OriginalString);
        Assert.Contains("This account will be deleted on", await ann.Browser.ReadAsync("/account/"), StringComparison.Ordinal);
        var box = new MailBox(site);
        await box.WaitAsync(ann.Email, 4);
        Assert.Contains(box.To(ann.Email), m => m.Subject!.Contains("will be deleted", StringComparison.Ordinal));
        await ForgetAsync();
        Assert.True(await site.ReadAsync(db => db.Users.AnyAsync(p => p.Id == ann.Id)));

        await PassADayAsync(ann.Id);
        await ForgetAsync();

        using var reader = site.NewReader();
        var page = await reader.OpenAsync(article.Path);
        var left = page.QuerySelector($"#comment-{first}")!;
        Assert.Equal(comments == "keep", left.TextContent.Contains("Words that were left.", StringComparison.Ordinal));
        Assert.Equal(comments == "keep", left.TextContent.Contains("A former reader", StringComparison.Ordinal));
        Assert.Contains("An answer to them.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(ann.Email.Split('@')[0], page.Body!.TextContent, StringComparison.OrdinalIgnoreCase);
        var row = await site.ReadAsync(db => db.Comments.Where(c => c.Id == first).Select(c => new { c.PersonId, c.AuthorName, c.AuthorEmail, c.EmailFolded, c.AuthorIp, c.UserAgent, c.Body }).SingleAsync());
        Assert.Equal(new { PersonId = (long?)null, AuthorName = "A former reader", AuthorEmail = "", EmailFolded = "", AuthorIp = "", UserAgent = "", Body = comments == "keep" ? "Words that were left." : "" }, row);
        Assert.Equal((false, 0, 0), await site.ReadAsync(async db => (await db.Users.AnyAsync(p => p.Id == ann.Id), await db.Sessions.CountAsync(s => s.PersonId == ann.Id), await db.Mails.CountAsync(m => m.Email == ann.Email))));
        Assert.Equal((0, 0, 0, 0), await site.ReadAsync(async db => (await db.Passkeys.CountAsync(p => p.PersonId == ann.Id), await db.TwoSteps.CountAsync(t => t.PersonId == ann.Id), await db.RecoveryCodes.CountAsync(c => c.PersonId == ann.Id), await db.ApplicationPasswords.CountAsync(a => a.PersonId == ann.Id))));
        // The cookie that is left opens nothing.
        using var after = await ann.GetAsync("/account/");
        Assert.Equal(HttpStatusCode.Found, after.StatusCode);
    }

    [Fact]
    public async Task Who_thinks_again_within_the_day_stays()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        using (await ann.SubmitAsync("/account/leave/", [])) { }
        using (await ann.SubmitAsync("/account/", [], form: "form[action='/account/stay/']")) { }
        await PassADayAsync(ann.Id);
        await ForgetAsync();
        Assert.True(await site.ReadAsync(db => db.Users.AnyAsync(p => p.Id == ann.Id)));
    }

    [Fact]
    public async Task An_authors_articles_stay_and_the_last_administrator_cannot_leave()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        var id = await ann.WriteAsync("Stays behind", "publish");
        using (await ann.SubmitAsync("/account/leave/", [])) { }
        await PassADayAsync(ann.Id);
        await ForgetAsync();
        Assert.Equal((true, false), await site.ReadAsync(async db => (await db.Articles.AnyAsync(a => a.Id == id && a.AuthorId == null), await db.Users.AnyAsync(p => p.Id == ann.Id))));
        using (var reader = site.NewReader()) Assert.Contains("Words of Stays behind", await reader.ReadAsync((await reader.GetAsync($"/?p={id}")).Headers.Location!.OriginalString), StringComparison.Ordinal);

        using var only = await StaffClient.SignInAsync(site, Role.Administrator);
        using var refused = await only.SubmitAsync("/account/leave/", []);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("only administrator", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account/data/")]
    [InlineData("/account/leave/")]
    public async Task A_browser_that_was_left_open_must_sign_in_again(string path)
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        var form = await ann.OpenAsync(path);
        await site.Writes.RunAsync(async (scope, ct) =>
        {
            await scope.Db.Sessions.Where(s => s.PersonId == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.BeganAt, s => scope.Now.AddMinutes(-11)), ct);
            scope.Evict(PeopleLedger.Tag(ann.Id));
        }, CancellationToken.None);

        using var shown = await ann.GetAsync(path);
        using var sent = await ann.SendAsync((AngleSharp.Html.Dom.IHtmlFormElement)form.QuerySelector("main form[method=post]")!, path, []);

        foreach (var answer in new[] { shown, sent }) Assert.StartsWith("/account/sign-in/?again=1&returnUrl=", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Null(await site.ReadAsync(db => db.Users.Where(p => p.Id == ann.Id).Select(p => p.LeavesAt).SingleAsync()));
    }

    [Fact]
    public async Task Network_addresses_and_browsers_names_are_erased_after_their_days()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        var article = await site.PublishAsync("Addressed");
        await SayAsync(ann, article, "An old one.");
        await SayAsync(ann, article, "A newer one.");
        var ids = await site.ReadAsync(db => db.Comments.Where(c => c.PersonId == ann.Id).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync());
        await site.Writes.RunAsync((scope, ct) => scope.Db.Comments.Where(c => c.PersonId == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.UserAgent, "A browser").SetProperty(c => c.At, c => c.Id == ids[0] ? scope.Now.AddDays(-31) : scope.Now.AddDays(-29)), ct), CancellationToken.None);

        await RunAsync<ForgetAddresses>();

        Assert.Equal([("", ""), ("127.0.0.1", "A browser")], await site.ReadAsync(async db => (await db.Comments.Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).Select(c => new { c.AuthorIp, c.UserAgent }).ToListAsync()).ConvertAll(c => (c.AuthorIp, c.UserAgent))));
    }

    /// <summary>A passkey, two steps and an application password: each is told by a mail.</summary>
    /// <returns>What of them nobody is told.</returns>
    private async Task<List<string>> HoldKeysAsync(StaffClient client)
    {
        using var passkey = new SoftAuthenticator(site.Url);
        using (var added = await client.AddAsync(passkey, "Her phone")) Assert.Equal(HttpStatusCode.Found, added.StatusCode);
        await site.Writes.RunAsync((scope, ct) => ApplicationPasswordLedger.MakeAsync(scope, client.Id, "Her program", false, ct), CancellationToken.None);
        var session = await site.ReadAsync(db => db.Sessions.Where(s => s.PersonId == client.Id && s.EndedAt == null).Select(s => s.Id).SingleAsync());
        await site.Writes.RunAsync((scope, ct) => TwoStepsLedger.BeginAsync(scope, client.Id, "the-sealed-secret", ct), CancellationToken.None);
        await site.Writes.RunAsync((scope, ct) => TwoStepsLedger.ConfirmAsync(scope, client.Id, session, 1, ct), CancellationToken.None);
        return await site.ReadAsync(async db => (List<string>)["the-sealed-secret", .. await db.RecoveryCodes.Where(c => c.PersonId == client.Id).Select(c => c.Hash).ToListAsync(), await db.ApplicationPasswords.Where(a => a.PersonId == client.Id).Select(a => a.Hash).SingleAsync()]);
    }

    private Task ForgetAsync() => RunAsync<ForgetPeople>();

    private async Task RunAsync<T>() where T : IRecurring
    {
        while (await site.App.Services.GetServices<IRecurring>().OfType<T>().Single().RunAsync(CancellationToken.None)) { }
    }

    private Task PassADayAsync(long id) => site.Writes.RunAsync((scope, ct) => scope.Db.Users.Where(p => p.Id == id && p.LeavesAt != null).ExecuteUpdateAsync(set => set.SetProperty(p => p.LeavesAt, scope.Now.AddSeconds(-1)), ct), CancellationToken.None);

    private async Task SayAsync(StaffClient client, PublishedArticle article, string words)
    {
        using (var answer = await client.Browser.CommentAsync(article.Path, words)) Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        await ShowAsync(client.Id);
    }

    private Task ShowAsync(long person) => site.Writes.RunAsync(async (scope, ct) =>
    {
        foreach (var held in await scope.Db.Comments.AsTracking().Where(c => c.PersonId == person && c.Standing == Standing.Held).ToListAsync(ct)) await CommentLedger.DecideAsync(scope, held, Standing.Shown, ct);
    }, CancellationToken.None);

    public sealed class OnSqlite(SqliteSite site) : LeavingTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : LeavingTests(site), IClassFixture<PostgresSite>;
}
