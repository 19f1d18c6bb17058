using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.SignIn.Devices;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.SignIn;

public abstract class SessionTests(BroadsheetSite site)
{
    private const string Password = "four plain words here";
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; rv:145.0) Gecko/20100101 Firefox/145.0";

    [Fact]
    public async Task A_planted_session_is_not_used_on_and_ends()
    {
        using var mallory = await StaffClient.SignInAsync(site, Role.Reader);
        using var ann = await StaffClient.AddAsync(site, Role.Reader, Password);
        // Mallory has put their own session into Ann's browser.
        var planted = Cookie(mallory);
        ann.Browser.Cookies.Add(site.Url, new Cookie(".broadsheet.session", planted));

        using (await ann.SubmitAsync("/account/sign-in/?again=1", [new("email", ann.Email), new("password", Password)])) { }

        Assert.NotEqual(planted, Cookie(ann));
        Assert.Contains(ann.Email, await ann.Browser.ReadAsync("/account/"), StringComparison.Ordinal);
        Assert.NotNull((await OfAsync(mallory.Id)).Single().EndedAt);
        Assert.Null((await OfAsync(ann.Id)).Single().EndedAt);
        Assert.False(await IsInAsync(mallory));
    }

    [Fact]
    public async Task Each_sign_in_is_a_session_of_its_own_and_the_one_before_it_in_this_browser_ends()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using var thief = Copy(ann);
        Assert.True(await IsInAsync(thief));

        using (await ann.SubmitAsync(await StaffClient.LinkAsync(site, ann.Id), [])) { }

        Assert.True(await IsInAsync(ann));
        Assert.False(await IsInAsync(thief));
        Assert.Equal(2, (await OfAsync(ann.Id)).Count);
    }

    [Fact]
    public async Task Signing_out_ends_a_copied_cookie_too()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using var thief = Copy(ann);

        using (await ann.SubmitAsync("/account/", [], form: "form[action='/account/sign-out/']")) { }

        Assert.False(await IsInAsync(thief));
        Assert.NotNull((await OfAsync(ann.Id)).Single().EndedAt);
    }

    [Fact]
    public async Task One_sees_where_one_is_signed_in_and_ends_it_there_or_everywhere()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using var phone = await AgainAsync(ann, Firefox);
        using var desk = await AgainAsync(ann, null);
        using var bob = await StaffClient.SignInAsync(site, Role.Reader);

        var page = await ann.OpenAsync("/account/sessions/");
        Assert.Equal(3, page.QuerySelectorAll("ul.rows > li").Length);
        Assert.Contains("this browser", page.QuerySelector("ul.rows > li")!.TextContent, StringComparison.Ordinal);
        var row = page.QuerySelectorAll("ul.rows > li").Single(l => l.TextContent.Contains("Firefox on Windows", StringComparison.Ordinal));
        Assert.Contains("by sign-in link", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("From 127.0.0.1", row.TextContent, StringComparison.Ordinal);

        // Somebody else's is not theirs to end.
        var foreign = (await OfAsync(bob.Id)).Single().Id;
        using (await ann.SendAsync((IHtmlFormElement)row.QuerySelector("form")!, "", [new("session", $"{foreign}")])) { }
        Assert.True(await IsInAsync(bob));
        Assert.True(await IsInAsync(phone));

        using (await ann.SendAsync((IHtmlFormElement)row.QuerySelector("form")!, "", [], ("session", row.QuerySelector("button")!.GetAttribute("value")!))) { }
        Assert.Equal((true, false, true), (await IsInAsync(ann), await IsInAsync(phone), await IsInAsync(desk)));

        using (await ann.SubmitAsync("/account/sessions/", [], ("all", "others"), "main > form")) { }
        Assert.Equal((true, false), (await IsInAsync(ann), await IsInAsync(desk)));

        using (await ann.SubmitAsync("/account/sessions/", [], ("all", "all"), "main > form")) { }
        Assert.Equal((false, true), (await IsInAsync(ann), await IsInAsync(bob)));
    }

    [Theory]
    [InlineData(Role.Reader, 13.9, 20, true)]
    [InlineData(Role.Reader, 14.1, 20, false)]
    [InlineData(Role.Reader, 0.5, 89.9, true)]
    [InlineData(Role.Reader, 0.5, 90.1, false)]
    [InlineData(Role.Contributor, 6.9, 20, true)]
    [InlineData(Role.Contributor, 7.1, 20, false)]
    [InlineData(Role.Contributor, 0.5, 29.9, true)]
    [InlineData(Role.Contributor, 0.5, 30.1, false)]
    public async Task A_session_runs_out_unused_and_in_any_case(Role role, double idleDays, double days, bool holds)
    {
        using var ann = await StaffClient.SignInAsync(site, role);
        await ChangeAsync(ann.Id, s => (s.BeganAt, s.SeenAt) = (s.BeganAt.AddDays(-days), s.SeenAt.AddDays(-idleDays)));

        Assert.Equal(holds, await IsInAsync(ann));
    }

    [Fact]
    public async Task The_secret_counts_not_only_the_number()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        await ChangeAsync(ann.Id, s => s.Hash = SessionLedger.HashOf("another"));

        Assert.False(await IsInAsync(ann));
    }

    [Fact]
    public async Task Being_seen_is_noted_at_most_once_an_hour()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        await ChangeAsync(ann.Id, s => s.SeenAt = s.SeenAt.AddMinutes(-59));
        var before = (await OfAsync(ann.Id)).Single().SeenAt;
        Assert.True(await IsInAsync(ann));
        Assert.Equal(before, (await OfAsync(ann.Id)).Single().SeenAt);

        await ChangeAsync(ann.Id, s => s.SeenAt = s.SeenAt.AddMinutes(-2));
        Assert.True(await IsInAsync(ann));
        var after = (await OfAsync(ann.Id)).Single().SeenAt;
        site.Statements.Reset();
        Assert.True(await IsInAsync(ann));

        Assert.True(after > before);
        Assert.DoesNotContain(site.Statements.Statements, s => s.Contains("sessions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_password_ends_all_other_sessions_and_a_mail_tells_it()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Reader, Password);
        using (await ann.SubmitAsync("/account/sign-in/", [new("email", ann.Email), new("password", Password)])) { }
        using var thief = Copy(ann);
        using var phone = await AgainAsync(ann, Firefox);

        using var wrong = await ann.SubmitAsync("/account/password/", [new("current-password", "not it at all"), new("new-password", "five other plain words")]);
        using var small = await ann.SubmitAsync("/account/password/", [new("current-password", Password), new("new-password", "short")]);
        using var own = await ann.SubmitAsync("/account/password/", [new("current-password", Password), new("new-password", $"{ann.Email}!")]);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (wrong.StatusCode, small.StatusCode, own.StatusCode));
        Assert.Equal((true, true), (await IsInAsync(thief), await IsInAsync(phone)));

        using var set = await ann.SubmitAsync("/account/password/", [new("current-password", Password), new("new-password", "five other plain words")]);

        Assert.Equal("/account/sessions/?said=password", set.Headers.Location?.OriginalString);
        Assert.Equal((true, false, false), (await IsInAsync(ann), await IsInAsync(thief), await IsInAsync(phone)));
        await Eventually.SeesAsync(() => Task.FromResult(new MailBox(site).To(ann.Email).Any(m => m.Subject!.Contains("Your password was changed at", StringComparison.Ordinal))));
        using var old = await StaffClient.AddAsync(site, Role.Reader);
        using var refused = await old.SubmitAsync("/account/sign-in/", [new("email", ann.Email), new("password", Password)]);
        using var taken = await old.SubmitAsync("/account/sign-in/", [new("email", ann.Email), new("password", "five other plain words")]);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Found), (refused.StatusCode, taken.StatusCode));
    }

    [Theory]
    [InlineData(null, 9, true)]
    [InlineData(null, 11, false)]
    [InlineData(Password, 9, true)]
    [InlineData(Password, 11, false)]
    public async Task Whoever_just_came_in_through_their_mailbox_is_not_asked_for_a_password_that_they_may_not_have(string? password, int minutes, bool isFresh)
    {
        using var ann = await StaffClient.AddAsync(site, Role.Reader, password);
        using (await ann.SubmitAsync(await StaffClient.LinkAsync(site, ann.Id), [])) { }
        await ChangeAsync(ann.Id, s => s.BeganAt = s.BeganAt.AddMinutes(-minutes));

        var page = await ann.OpenAsync("/account/password/");

        Assert.Equal(isFresh, page.QuerySelector("[name=new-password]") is not null && page.QuerySelector("[name=current-password]") is null);
        Assert.Equal(password is null && !isFresh, page.QuerySelector("[name=new-password]") is null);
        if (!isFresh) return;
        using var set = await ann.SubmitAsync("/account/password/", [new("new-password", "five other plain words")]);
        Assert.Equal(HttpStatusCode.Found, set.StatusCode);
    }

    [Fact]
    public async Task A_sign_in_from_a_new_browser_is_told_by_mail_and_neither_the_first_nor_a_known_one()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using (await ann.SubmitAsync(await StaffClient.LinkAsync(site, ann.Id), [])) { }
        Assert.False(await site.ReadAsync(db => db.Mails.AnyAsync(m => m.Email == ann.Email)));

        using var phone = await AgainAsync(ann, Firefox);
        using (await phone.SubmitAsync(await StaffClient.LinkAsync(site, ann.Id), [])) { }

        var letter = await new MailBox(site).WaitAsync(ann.Email);
        Assert.StartsWith("A new sign-in at", letter.Subject, StringComparison.Ordinal);
        Assert.Contains("Firefox on Windows", letter.TextBody, StringComparison.Ordinal);
        // This site does not know its own address.
        Assert.DoesNotContain("http", letter.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_many_sign_ins_a_day_has_only_so_many_mails()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        for (var i = 0; i < AccountMailLedger.MostADay + 2; i++) using (await AgainAsync(ann, null)) { }

        Assert.Equal(AccountMailLedger.MostADay, await site.ReadAsync(db => db.Mails.CountAsync(m => m.Email == ann.Email && m.Kind == MailKind.NewDevice)));
    }

    [Fact]
    public async Task What_is_long_over_is_forgotten_and_what_holds_is_not()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using var phone = await AgainAsync(ann, null);
        using var desk = await AgainAsync(ann, null);
        var ids = (await OfAsync(ann.Id)).ConvertAll(s => s.Id);
        await ChangeAsync(ann.Id, s => s.SeenAt = s.Id == ids[0] ? s.SeenAt.AddDays(-45) : s.Id == ids[1] ? s.SeenAt.AddDays(-43) : s.SeenAt);

        while (await site.App.Services.GetServices<IRecurring>().OfType<ForgetSessions>().Single().RunAsync(CancellationToken.None)) { }

        Assert.Equal(ids[1..], (await OfAsync(ann.Id)).ConvertAll(s => s.Id));
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_asked_for_that_and_comes_back()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Reader);
        foreach (var page in new[] { "/account/sessions/", "/account/password/", "/account/" })
        {
            using var answer = await ann.GetAsync(page);
            Assert.Equal($"/account/sign-in/?returnUrl={Uri.EscapeDataString(page)}", answer.Headers.Location?.OriginalString);
        }
    }

    /// <summary>Another browser of the same person.</summary>
    private async Task<StaffClient> AgainAsync(StaffClient person, string? agent)
    {
        var client = new StaffClient(site, person.Id, person.Email);
        if (agent is not null) client.Browser.Http.DefaultRequestHeaders.Add("User-Agent", agent);
        using var answer = await client.SubmitAsync(await StaffClient.LinkAsync(site, person.Id), []);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return client;
    }

    /// <summary>Whoever has the cookie of a browser, and nothing else of it.</summary>
    private StaffClient Copy(StaffClient person)
    {
        var thief = new StaffClient(site, person.Id, person.Email);
        thief.Browser.Cookies.Add(site.Url, new Cookie(".broadsheet.session", Cookie(person)));
        return thief;
    }

    private string Cookie(StaffClient client) => client.Browser.Cookies.GetCookies(site.Url)[".broadsheet.session"]!.Value;

    private static async Task<bool> IsInAsync(StaffClient client)
    {
        using var answer = await client.GetAsync("/account/");
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private Task<List<Session>> OfAsync(long person) => site.ReadAsync(db => db.Sessions.Where(s => s.PersonId == person).OrderBy(s => s.Id).ToListAsync());

    private Task ChangeAsync(long person, Action<Session> change) => site.Writes.RunAsync(async (scope, ct) =>
    {
        foreach (var session in await scope.Db.Sessions.AsTracking().Where(s => s.PersonId == person).ToListAsync(ct)) change(session);
        scope.Evict($"{SessionLedger.TagPrefix}{person}");
    }, CancellationToken.None);

    public sealed class OnSqlite(SqliteSite site) : SessionTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : SessionTests(site), IClassFixture<PostgresSite>;
}
