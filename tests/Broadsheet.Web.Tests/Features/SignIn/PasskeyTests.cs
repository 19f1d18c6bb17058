using System.Net;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.SignIn.Passkeys;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Broadsheet.Web.Tests.Features.SignIn;

/// <summary>What needs no browser; a real one with a virtual device has its own journey.</summary>
public abstract class PasskeyTests(BroadsheetSite site)
{
    [Fact]
    public async Task One_is_added_signs_in_without_a_name_and_leads_back()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using var passkey = new SoftAuthenticator(site.Url) { Count = 7 };

        using var added = await ann.AddAsync(passkey, "My phone");
        using var phone = new StaffClient(site, ann.Id, ann.Email);
        using var entered = await phone.SignInAsync(passkey, "/2026/01/02/somewhere/?a=b#respond");

        Assert.Equal("/account/passkeys/?said=added", added.Headers.Location?.OriginalString);
        Assert.Equal("/2026/01/02/somewhere/?a=b#respond", entered.Headers.Location?.OriginalString);
        Assert.Contains(ann.Email, await phone.Browser.ReadAsync("/account/"), StringComparison.Ordinal);
        var row = await site.ReadAsync(db => db.Passkeys.SingleAsync(p => p.PersonId == ann.Id));
        Assert.Equal(("My phone", 8, "internal", true), (row.Name, row.SignCount, row.Transports, row.UsedAt is not null));
        Assert.True(await site.ReadAsync(db => db.Sessions.AnyAsync(s => s.PersonId == ann.Id && s.Way == "passkey" && s.HasBothSteps)));
        Assert.True(await site.ReadAsync(db => db.Mails.AnyAsync(m => m.Email == ann.Email && m.Kind == MailKind.PasskeyAdded)));
        using var renamed = await phone.SubmitAsync("/account/passkeys/", [new("name", "The old phone")], ("deed", "rename"), "form.in-row");
        Assert.Equal("/account/passkeys/?said=renamed", renamed.Headers.Location?.OriginalString);
        Assert.Contains("The old phone", await phone.Browser.ReadAsync("/account/passkeys/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_good_once_even_from_a_device_that_does_not_count()
    {
        using var ann = await WithPasskeyAsync(out var passkey);
        using var _ = passkey;
        var form = await ann.PasskeyFormAsync();
        var answer = passkey.Use(await ann.OptionsAsync(form));
        var cookies = ann.Browser.Cookies.GetAllCookies();
        var challenge = cookies[".broadsheet.challenge"]!.Value;

        using var first = await ann.SendAsync(form, "", [new("credential", answer)]);
        // Whoever has seen it all, the cookie too.
        ann.Browser.Cookies.Add(new Uri(site.Url, "/account/"), new Cookie(".broadsheet.challenge", challenge, "/account"));
        using var replayed = await ann.SendAsync(await ann.PasskeyFormAsync(), "", [new("credential", answer)]);

        Assert.Equal(HttpStatusCode.Found, first.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, replayed.StatusCode);
        Assert.Contains("did not sign you in", await replayed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_origin_another_host_and_another_browsers_challenge_are_refused()
    {
        using var ann = await WithPasskeyAsync(out var passkey);
        using var _ = passkey;
        using var phone = new StaffClient(site, ann.Id, ann.Email);
        var good = passkey.Origin;
        passkey.Origin = "https://evil.example";
        using var foreign = await phone.SignInAsync(passkey);
        passkey.Origin = $"http://127.0.0.1:{site.Url.Port + 1}";
        using var port = await phone.SignInAsync(passkey);
        (passkey.Origin, passkey.Host) = (good, "evil.example");
        using var host = await phone.SignInAsync(passkey);
        passkey.Host = site.Url.Host;
        // Answered in one browser, sent by another.
        var answer = passkey.Use(await ann.OptionsAsync(await ann.PasskeyFormAsync()));
        var form = await phone.PasskeyFormAsync();
        await phone.OptionsAsync(form);
        using var stolen = await phone.SendAsync(form, "", [new("credential", answer)]);
        using var without = await phone.SendAsync(form, "", [new("credential", answer)]);
        using var nothing = await phone.SendAsync(form, "", [new("credential", "{}")]);

        foreach (var refused in new[] { foreign, port, host, stolen, without, nothing }) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var right = await phone.SignInAsync(passkey);
        Assert.Equal(HttpStatusCode.Found, right.StatusCode);
    }

    [Fact]
    public async Task A_count_that_does_not_grow_is_refused()
    {
        using var ann = await WithPasskeyAsync(out var passkey, count: 5);
        using var _ = passkey;
        using var first = await ann.SignInAsync(passkey);
        passkey.Count = 5;
        using var copy = await ann.SignInAsync(passkey);

        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.Forbidden), (first.StatusCode, copy.StatusCode));
    }

    [Fact]
    public async Task The_last_way_in_stays_and_what_is_removed_signs_in_no_more()
    {
        using var ann = await WithPasskeyAsync(out var passkey);
        using var _ = passkey;
        using var only = await ann.SubmitAsync("/account/passkeys/", [], ("deed", "remove"), "form.in-row");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, only.StatusCode);
        Assert.Contains("your only way in", await only.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var second = new SoftAuthenticator(site.Url);
        using (await ann.AddAsync(second, "")) { }
        using var removed = await ann.SubmitAsync("/account/passkeys/", [], ("deed", "remove"), "form.in-row");
        Assert.Equal("/account/passkeys/?said=removed", removed.Headers.Location?.OriginalString);
        using var gone = await ann.SignInAsync(passkey);
        using var left = await ann.SignInAsync(second);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Found), (gone.StatusCode, left.StatusCode));
    }

    [Fact]
    public async Task Nobody_touches_anothers_and_none_is_added_in_a_browser_that_was_left_open()
    {
        using var ann = await WithPasskeyAsync(out var passkey);
        using var _ = passkey;
        using var bob = await WithPasskeyAsync(out var his);
        using var __ = his;
        var foreign = await site.ReadAsync(db => db.Passkeys.Where(p => p.PersonId == ann.Id).Select(p => p.Id).SingleAsync());
        var form = (IHtmlFormElement)(await bob.OpenAsync("/account/passkeys/")).QuerySelector("form.in-row")!;
        form.SetAttribute("action", $"/account/passkeys/{foreign}/");
        using (await bob.SendAsync(form, "", [new("name", "Mine now")], ("deed", "rename"))) { }
        using (await bob.SendAsync(form, "", [], ("deed", "remove"))) { }
        Assert.Equal("A passkey", await site.ReadAsync(db => db.Passkeys.Where(p => p.Id == foreign).Select(p => p.Name).SingleAsync()));

        var adding = (IHtmlFormElement)(await ann.OpenAsync("/account/passkeys/")).QuerySelector("form[data-passkey=make]")!;
        var options = await ann.OptionsAsync(adding);
        await SignInAge.SetAsync(site, ann.Id, CurrentPerson.Fresh);
        using var more = new SoftAuthenticator(site.Url);
        using var late = await ann.SendAsync(adding, "", [new("credential", more.Make(options))]);
        Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ann.OptionsAsync(adding));
        var removing = (IHtmlFormElement)(await ann.OpenAsync("/account/passkeys/")).QuerySelector("form.in-row")!;
        using (var kept = await ann.SendAsync(removing, "", [], ("deed", "remove"))) Assert.Equal(HttpStatusCode.Forbidden, kept.StatusCode);
        Assert.Equal(1, await site.ReadAsync(db => db.Passkeys.CountAsync(p => p.PersonId == ann.Id)));
        await SignInAge.SetAsync(site, ann.Id, TimeSpan.Zero);
        await site.Writes.RunAsync((scope, ct) => scope.Db.Users.Where(p => p.Id == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.EmailConfirmed, true), ct), CancellationToken.None);
        using (var removed = await ann.SendAsync(removing, "", [], ("deed", "remove"))) Assert.Equal("/account/passkeys/?said=removed", removed.Headers.Location?.OriginalString);
        Assert.Equal(1, await site.ReadAsync(db => db.Mails.CountAsync(m => m.Email == ann.Email && m.Kind == MailKind.PasskeyRemoved)));
    }

    [Fact]
    public async Task A_challenge_runs_out()
    {
        using var ann = await WithPasskeyAsync(out var passkey);
        using var _ = passkey;
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        var services = site.App.Services;
        var ceremonies = new PasskeyCeremonies(services.GetRequiredService<PasskeyReader>(), services.GetRequiredService<PublicAddress>(), services.GetRequiredService<PublicationStore>(), services.GetRequiredService<IDataProtectionProvider>(), clock);

        Assert.NotNull(await AskAndAnswerAsync(TimeSpan.FromMinutes(5)));
        Assert.Null(await AskAndAnswerAsync(TimeSpan.FromMinutes(5.1)));

        async Task<object?> AskAndAnswerAsync(TimeSpan later)
        {
            var asking = Request();
            var answer = passkey.Use(await ceremonies.OptionsToUseAsync(asking));
            clock.Advance(later);
            var answering = Request();
            answering.Request.Headers.Cookie = asking.Response.Headers.SetCookie.ToString().Split(';')[0];
            return await ceremonies.UsedAsync(answering, answer);
        }

        DefaultHttpContext Request()
        {
            var http = new DefaultHttpContext { RequestServices = services };
            (http.Request.Scheme, http.Request.Host) = (site.Url.Scheme, new HostString(site.Url.Authority));
            return http;
        }
    }

    /// <summary>A new reader with a passkey, and no other way in.</summary>
    private Task<StaffClient> WithPasskeyAsync(out SoftAuthenticator passkey, uint count = 0)
    {
        var made = passkey = new SoftAuthenticator(site.Url) { Count = count };
        return AddAsync();

        async Task<StaffClient> AddAsync()
        {
            var client = await StaffClient.SignInAsync(site, Role.Reader);
            using var added = await client.AddAsync(made, "A passkey");
            Assert.Equal(HttpStatusCode.Found, added.StatusCode);
            return client;
        }
    }

    public sealed class OnSqlite(SqliteSite site) : PasskeyTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : PasskeyTests(site), IClassFixture<PostgresSite>;
}
