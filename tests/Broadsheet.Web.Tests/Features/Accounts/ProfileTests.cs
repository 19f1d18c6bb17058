using System.Net;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Accounts;

/// <summary>How somebody is shown, from the form that they fill in to the pages that follow it; and the comments that they take over from their days as a guest.</summary>
public abstract class ProfileTests(BroadsheetSite site)
{
    private const string Page = "/account/profile/";

    [Fact]
    public async Task Words_that_come_after_one_was_signed_out_are_given_back()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await ann.OpenAsync("/account/profile/")).QuerySelector("main form[method=post]")!;
        using (await ann.SubmitAsync("/account/", [], form: "form[action='/account/sign-out/']")) { }

        using var answer = await ann.SendAsync(form, "/account/profile/", [new("bio", "Long thought about.")]);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Long thought about.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_name_and_link_follow_to_what_was_written_before_and_after()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        var article = await site.PublishAsync("Renamed");
        await SayAsync(ann, article, "Before the change.");
        using (var reader = site.NewReader()) Assert.Contains($"Reader {Number(ann)}", await reader.ReadAsync(article.Path), StringComparison.Ordinal);

        using var saved = await SaveAsync(ann, "Wilhelmina Stone", ("url", "stone.example"), ("bio", "I read\nand write."));

        Assert.Equal("/account/?said=profile", saved.Headers.Location?.OriginalString);
        await Eventually.SeesAsync(async () =>
        {
            using var reader = site.NewReader();
            return (await reader.OpenAsync(article.Path)).QuerySelector(".comment-list a[href='https://stone.example/']")?.TextContent == "Wilhelmina Stone";
        });
        // The session that was there before says the new name, too.
        await SayAsync(ann, article, "After the change, as somebody else would have it.");
        Assert.Equal(["Wilhelmina Stone", "Wilhelmina Stone"], await site.ReadAsync(db => db.Comments.Where(c => c.PersonId == ann.Id).Select(c => c.AuthorName).ToListAsync()));
        await Eventually.SeesAsync(async () => (await ann.Browser.ReadAsync("/?s=Wilhelmina")).Contains("Before the change", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Beatrix Hollow", "has this name")]
    [InlineData("beatrix h0llow", "has this name")]
    [InlineData("Вeatrix Hollow", "has this name")]
    [InlineData("Edwina Marsh (moderator)", "one of our staff")]
    [InlineData("Administrator", "kept for the publication")]
    [InlineData("x", "two letters")]
    public async Task A_name_that_is_anothers_or_looks_so_is_not_to_be_had(string wished, string why)
    {
        await NamedAsync("Beatrix Hollow", Role.Reader);
        await NamedAsync("Edwina Marsh", Role.Moderator);
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);

        using var answer = await SaveAsync(ann, wished, ("bio", "Kept words"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await StaffClient.PageOf(answer);
        Assert.Contains(why, page.QuerySelector("#f-name-problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(wished, page.QuerySelector("#f-name")!.GetAttribute("value"));
        Assert.Contains("Kept words", page.QuerySelector("#f-bio")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"Reader {Number(ann)}", await site.ReadAsync(db => db.Users.Where(p => p.Id == ann.Id).Select(p => p.DisplayName).SingleAsync()));
    }

    [Theory]
    [InlineData("Ottoline Crane", false)]
    [InlineData("0ttoline Crane, editor", false)]
    [InlineData("Ottoline", true)]
    [InlineData("Solo", true)]
    public async Task A_guest_does_not_sign_as_one_of_the_staff(string author, bool passes)
    {
        await NamedAsync("Ottoline Crane", Role.Editor);
        await NamedAsync("Solo", Role.Editor);
        var article = await site.PublishAsync($"Signed {author}");
        using var guest = site.NewReader();
        using var answer = await guest.CommentAsync(article.Path, $"Words of {author}.", author, $"{Guid.CreateVersion7():N}@example.org");
        Assert.Equal(passes ? HttpStatusCode.Found : HttpStatusCode.OK, answer.StatusCode);
        if (!passes) Assert.Contains($"Words of {author}.", (await StaffClient.PageOf(answer)).QuerySelector("#comment")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_change_three_times_a_month_are_written_down_and_kept_from_others()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using var bob = await StaffClient.SignInAsync(site, Role.Reader);
        foreach (var name in new[] { "Quill One", "Quill Two", "Quill Three" })
        {
            using var changed = await SaveAsync(ann, name);
            Assert.Equal(HttpStatusCode.Found, changed.StatusCode);
        }
        using var fourth = await SaveAsync(ann, "Quill Four");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, fourth.StatusCode);
        Assert.Contains("You can change it again on", await fourth.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var taken = await SaveAsync(bob, "Quill One");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);
        Assert.Equal([$"Reader {Number(ann)}", "Quill One", "Quill Two"], await site.ReadAsync(db => db.NameChanges.Where(c => c.PersonId == ann.Id).OrderBy(c => c.Id).Select(c => c.Before).ToListAsync()));

        // A month later it is free.
        await site.Writes.RunAsync((scope, ct) => scope.Db.HeldNames.Where(n => n.PersonId == ann.Id && n.Until != null).ExecuteUpdateAsync(set => set.SetProperty(n => n.Until, scope.Now.AddSeconds(-1)), ct), CancellationToken.None);
        using var free = await SaveAsync(bob, "Quill One");
        Assert.Equal(HttpStatusCode.Found, free.StatusCode);
    }

    [Fact]
    public async Task Two_who_take_one_name_at_the_same_moment_are_two_answers_and_one_name()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StaffClient.SignInAsync(site, Role.Reader)));
        var answers = await Task.WhenAll(clients.Select(c => SaveAsync(c, "Only One")));
        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.Found));
        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.UnprocessableEntity));
        foreach (var used in clients.Cast<IDisposable>().Concat(answers)) used.Dispose();
    }

    [Fact]
    public async Task A_page_of_ones_own_shows_what_everyone_may_see_and_only_if_wished()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        var (open, locked) = (await site.PublishAsync("Open to all"), await site.PublishAsync(new ArticleEdit("Behind a word", "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published }));
        await SayAsync(ann, open, "Seen on my page.");
        await SayAsync(ann, locked, "Not seen on my page.");
        await site.Writes.RunAsync((scope, ct) => scope.Db.Articles.Where(a => a.Id == locked.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Password, "open"), ct), CancellationToken.None);
        var slug = await site.ReadAsync(db => db.Users.Where(p => p.Id == ann.Id).Select(p => p.Slug).SingleAsync());
        using var reader = site.NewReader();
        using (var none = await reader.GetAsync($"/readers/{slug}/")) Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        using (var saved = await SaveAsync(ann, "Paige Turner", ("page", "1"), ("bio", "Two lines;\nof text, <b>plain</b>."))) Assert.Equal(HttpStatusCode.Found, saved.StatusCode);

        var page = await reader.OpenAsync($"/readers/{slug}/");
        Assert.Equal("Paige Turner", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("<b>plain</b>", page.QuerySelector(".bio")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Seen on my page.", Assert.Single(page.QuerySelectorAll(".hit")).TextContent, StringComparison.Ordinal);
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        await Eventually.SeesAsync(async () => (await reader.OpenAsync(open.Path)).QuerySelector($".comment-list a[href='/readers/{slug}/']") is not null);
        var card = await reader.ReadAsync($"/readers/{slug}/card.vcf");
        Assert.StartsWith("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Paige Turner\r\nNOTE:Two lines\\;\\nof text\\, <b>plain</b>.\r\nSOURCE:http", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_written_as_a_guest_is_claimed_by_whoever_proved_the_address()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        var article = await site.PublishAsync("Claimed");
        using (var guest = site.NewReader()) using (await guest.CommentAsync(article.Path, "Written as a guest.", "A. Guest", ann.Email.ToUpperInvariant())) { }
        using (var other = site.NewReader()) using (await other.CommentAsync(article.Path, "Somebody else.", "Other", "other@example.org")) { }
        Assert.DoesNotContain("as a guest", await ann.Browser.ReadAsync("/account/"), StringComparison.Ordinal);
        using (var unproven = await ann.GetAsync("/account/claim/")) Assert.Equal(HttpStatusCode.Found, unproven.StatusCode);

        await site.Writes.RunAsync((scope, ct) => scope.Db.Users.Where(p => p.Id == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.EmailConfirmed, true), ct), CancellationToken.None);
        Assert.Contains("/account/claim/", await ann.Browser.ReadAsync("/account/"), StringComparison.Ordinal);
        Assert.Contains("Written as a guest.", await ann.Browser.ReadAsync("/account/claim/"), StringComparison.Ordinal);
        using (var claimed = await ann.SubmitAsync("/account/claim/", [])) Assert.Equal("/account/?said=claimed", claimed.Headers.Location?.OriginalString);

        var mine = await ann.Browser.ReadAsync("/account/comments/");
        Assert.Contains("Written as a guest.", mine, StringComparison.Ordinal);
        Assert.DoesNotContain("Somebody else.", mine, StringComparison.Ordinal);
        await Eventually.SeesAsync(() => site.ReadAsync(db => db.Comments.AnyAsync(c => c.PersonId == ann.Id && c.AuthorName == $"Reader {Number(ann)}")));
    }

    [Fact]
    public async Task Where_accounts_are_closed_nobody_new_begins_one_and_nobody_learns_who_has_one()
    {
        using var visitor = site.NewReader();
        await site.Writes.RunAsync(async (scope, ct) => { await PublicationStore.ChangeAsync(scope, p => p with { NewAccounts = false }, ct); }, CancellationToken.None);
        try
        {
            using var browser = await StaffClient.AddAsync(site, Role.Reader);
            using var known = await browser.SubmitAsync("/account/sign-in/", [new("email", browser.Email)], form: "form[action='/account/sign-in/mail/']");
            using var fresh = await browser.SubmitAsync("/account/sign-in/", [new("email", "nobody@example.org")], form: "form[action='/account/sign-in/mail/']");
            Assert.Equal((known.StatusCode, known.Headers.Location), (fresh.StatusCode, fresh.Headers.Location));
            Assert.Equal([browser.Email], await site.ReadAsync(db => db.Mails.Where(m => m.Kind == Web.Data.Records.MailKind.SignIn && m.State != Web.Data.Records.MailState.Skipped).Select(m => m.Email).ToListAsync()));
        }
        finally
        {
            await site.Writes.RunAsync(async (scope, ct) => { await PublicationStore.ChangeAsync(scope, p => p with { NewAccounts = true }, ct); }, CancellationToken.None);
        }
    }

    private static string Number(StaffClient client) => string.Concat(client.Email.TakeWhile(c => c != '@').Where(char.IsAsciiDigit));

    private static Task<HttpResponseMessage> SaveAsync(StaffClient client, string name, params IEnumerable<(string Name, string Value)> more) =>
        client.SubmitAsync(Page, [new("name", name), .. more.Select(m => KeyValuePair.Create(m.Name, (string?)m.Value))]);

    private Task NamedAsync(string name, Role role) => site.Writes.RunAsync((scope, ct) => PeopleLedger.SaveAsync(scope, new PersonEdit($"{name.Replace(' ', '.')}@example.org", name, role, null), null, ct), CancellationToken.None);

    private async Task SayAsync(StaffClient client, PublishedArticle article, string words)
    {
        using (var answer = await client.Browser.CommentAsync(article.Path, words)) Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        await site.Writes.RunAsync(async (scope, ct) =>
        {
            foreach (var held in await scope.Db.Comments.AsTracking().Where(c => c.PersonId == client.Id && c.Standing == Standing.Held).ToListAsync(ct)) await CommentLedger.DecideAsync(scope, held, Standing.Shown, ct);
        }, CancellationToken.None);
    }

    public sealed class OnSqlite(SqliteSite site) : ProfileTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : ProfileTests(site), IClassFixture<PostgresSite>;
}
