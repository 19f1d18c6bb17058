using System.Net;
using System.Text.RegularExpressions;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Broadsheet.Web.Tests.Features.SignIn;

/// <summary>A site that knows its own address, so that its mail has links.</summary>
public abstract class SignInByMailTests(BroadsheetSite site) : IAsyncLifetime
{
    private MailBox Box => new(site);

    public async ValueTask InitializeAsync()
    {
        await site.StopAsync();
        await site.StartAsync("--Hosting:PublicUrl=https://lantern.example");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_code_signs_in_whoever_asked_where_they_came_from_and_works_once()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Reader);
        var letter = await AskAsync(ann, ann.Email, "/2026/01/02/somewhere/?a=b#respond");
        Assert.StartsWith(CodeOf(letter)[..4], letter.Subject, StringComparison.Ordinal);

        using var wrong = await TypeAsync(ann, "0000 0000");
        using var right = await TypeAsync(ann, CodeOf(letter));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal("/2026/01/02/somewhere/?a=b#respond", right.Headers.Location?.OriginalString);
        Assert.Contains(".broadsheet.session=", string.Join(' ', right.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        Assert.True(await site.ReadAsync(db => db.Users.Where(p => p.Id == ann.Id).Select(p => p.EmailConfirmed).SingleAsync()));
        using var again = await ann.GetAsync(MailBox.Link(letter, "/account/sign-in/mail"));
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task Strangers_who_ask_for_ones_mail_shut_nobody_out()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Reader);
        using var stranger = await StaffClient.AddAsync(site, Role.Reader);
        for (var i = 0; i < SignInLedger.MostForAddressAnHour; i++) using (await stranger.SubmitAsync("/account/sign-in/", [new("email", ann.Email)], form: "form[action='/account/sign-in/mail/']")) { }
        await Box.WaitAsync(ann.Email, SignInLedger.MostForAddressAnHour);

        // Her own request sends no more; the newest mail that is there already does it, in her browser.
        using (await ann.SubmitAsync("/account/sign-in/", [new("email", ann.Email)], form: "form[action='/account/sign-in/mail/']")) { }
        using var typed = await TypeAsync(ann, CodeOf(Box.To(ann.Email)[^1]));
        Assert.Equal(HttpStatusCode.Found, typed.StatusCode);
        Assert.Equal(SignInLedger.MostForAddressAnHour, Box.To(ann.Email).Count);

        // And in a browser that has signed in before, a mail of its own comes, however often she signs in.
        for (var i = 1; i <= SignInLedger.MostForAddressAnHour + 1; i++)
        {
            using (await ann.SubmitAsync("/account/sign-in/?again=1", [new("email", ann.Email)], form: "form[action='/account/sign-in/mail/']")) { }
            using var own = await TypeAsync(ann, CodeOf(await Box.WaitAsync(ann.Email, SignInLedger.MostForAddressAnHour + i)));
            Assert.Equal(HttpStatusCode.Found, own.StatusCode);
        }
    }

    [Fact]
    public async Task A_link_only_asks_until_its_button_is_pressed_and_signs_in_once()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Editor);
        using var phone = await StaffClient.AddAsync(site, Role.Reader);
        var link = MailBox.Link(await AskAsync(ann, ann.Email), "/account/sign-in/mail");

        Assert.Contains("signs in once", await phone.Browser.ReadAsync(link), StringComparison.Ordinal);
        Assert.Contains("signs in once", await phone.Browser.ReadAsync(link), StringComparison.Ordinal);
        using var first = await phone.SubmitAsync(link, []);
        using var gone = await phone.GetAsync(link);

        Assert.Equal("/newsroom/", first.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_is_new_begins_an_account_with_a_name(bool byCode)
    {
        using var visitor = await StaffClient.AddAsync(site, Role.Reader);
        var email = $"new{Guid.CreateVersion7():N}@example.org";
        var letter = await AskAsync(visitor, email, "/about/");
        Assert.Contains("There is none yet", letter.TextBody!.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var link = MailBox.Link(letter, "/account/sign-in/mail");
        if (byCode)
        {
            using var typed = await TypeAsync(visitor, CodeOf(letter));
            link = typed.Headers.Location!.OriginalString;
        }

        using var nameless = await visitor.SubmitAsync(link, [new("name", " ")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nameless.StatusCode);
        Assert.False(await site.ReadAsync(db => db.Users.AnyAsync(p => p.Email == email)));
        // A name is one person's: the second of these has another.
        var name = byCode ? "Nora New" : "Nils Newer";
        using var begun = await visitor.SubmitAsync(link, [new("name", name)]);

        Assert.Equal("/about/", begun.Headers.Location?.OriginalString);
        var person = await site.ReadAsync(db => db.Users.SingleAsync(p => p.Email == email));
        Assert.Equal((name, Role.Reader, true), (person.DisplayName, person.Role, person.EmailConfirmed));
    }

    [Fact]
    public async Task The_answer_is_the_same_for_a_known_an_unknown_and_a_troubled_address()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Reader);
        var unknown = $"nobody{Guid.CreateVersion7():N}@example.org";
        var answers = new List<string>();
        foreach (var email in Enumerable.Repeat(ann.Email, SignInLedger.MostForAddressAnHour + 2).Append(unknown))
        {
            using var asked = await ann.SubmitAsync("/account/sign-in/", [new("email", email)], form: "form[action='/account/sign-in/mail/']");
            using var wrong = await TypeAsync(ann, "12345678");
            answers.Add($"{asked.StatusCode} {asked.Headers.Location} {wrong.StatusCode} {Regex.Replace(await wrong.Content.ReadAsStringAsync(), "__RequestVerificationToken[^>]*", "")}");
        }
        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        await Box.WaitAsync(unknown);
        Assert.Equal(SignInLedger.MostForAddressAnHour, Box.To(ann.Email).Count);
    }

    [Fact]
    public async Task A_code_is_worth_nothing_in_another_browser_and_nobody_tries_more_than_a_few()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Reader);
        using var thief = await StaffClient.AddAsync(site, Role.Reader);
        var letter = await AskAsync(ann, ann.Email);
        using var nothing = await thief.GetAsync("/account/sign-in/code/");
        Assert.Equal("/account/sign-in/", nothing.Headers.Location?.OriginalString);

        // The thief asks for the same address: their browser gets only a mail that they cannot read.
        await AskAsync(thief, ann.Email, count: 2);
        using var stolen = await TypeAsync(thief, CodeOf(letter));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stolen.StatusCode);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i => { using var answer = await TypeAsync(ann, $"{i:D8}"); return await answer.Content.ReadAsStringAsync(); }));
        Assert.Equal(SignInLedger.MostTries, answers.Count(a => a.Contains("not the code", StringComparison.Ordinal)));
        using var late = await TypeAsync(ann, CodeOf(letter));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
    }

    [Fact]
    public async Task Neither_a_foreign_host_nor_a_foreign_way_back_gets_into_it()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Reader);
        var letter = await AskAsync(ann, ann.Email, "https://evil.example/");
        Assert.Contains("https://lantern.example/account/sign-in/mail/", letter.TextBody!.Replace(" \r\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        using var right = await TypeAsync(ann, CodeOf(letter));
        Assert.Equal("/", right.Headers.Location?.OriginalString);

        // Without its own address the publication sends no link: a request's host is whatever its sender says.
        await site.StopAsync();
        await site.StartAsync();
        using var bob = await StaffClient.AddAsync(site, Role.Reader);
        var plain = await AskAsync(bob, bob.Email);
        Assert.DoesNotContain("http", plain.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("http", plain.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_address_is_said_beside_its_field()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Reader);
        using var answer = await ann.SubmitAsync("/account/sign-in/", [new("email", "ann at example")], form: "form[action='/account/sign-in/mail/']");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Give an e-mail address", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<MimeMessage> AskAsync(StaffClient client, string email, string returnUrl = "", int count = 1)
    {
        using var asked = await client.SubmitAsync($"/account/sign-in/?returnUrl={Uri.EscapeDataString(returnUrl)}", [new("email", email)], form: "form[action='/account/sign-in/mail/']");
        Assert.Equal("/account/sign-in/code/", asked.Headers.Location?.OriginalString);
        return await Box.WaitAsync(email, count);
    }

    private static Task<HttpResponseMessage> TypeAsync(StaffClient client, string code) => client.SubmitAsync("/account/sign-in/code/", [new("code", code)]);

    private static string CodeOf(MimeMessage letter) => Regex.Match(letter.TextBody!, @"\b\d{4} \d{4}\b").Value;

    public sealed class OnSqlite(SqliteSite site) : SignInByMailTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : SignInByMailTests(site), IClassFixture<PostgresSite>;
}
