using System.Net;
using AngleSharp.Dom;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace Broadsheet.Web.Tests.Features.SignIn;

public abstract class TwoStepsTests(BroadsheetSite site)
{
    private const string Password = "four plain words here";

    [Fact]
    public async Task Once_on_a_password_is_not_enough_and_each_code_works_once()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor, Password);
        var (app, _, first) = await TurnOnAsync(ann);
        Assert.True(await IsInAsync(ann));
        using var phone = new StaffClient(site, ann.Id, ann.Email);

        using var half = await phone.SubmitAsync("/account/sign-in/?returnUrl=/newsroom/articles/", [new("email", ann.Email), new("password", Password)]);
        Assert.Equal("/account/sign-in/second/", half.Headers.Location?.OriginalString);
        Assert.False(await IsInAsync(phone));
        using var wrong = await TypeAsync(phone, "000000");
        // The code that turned it on is used.
        using var used = await TypeAsync(phone, first);
        var next = Code(app, 1);
        using var right = await TypeAsync(phone, next);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (wrong.StatusCode, used.StatusCode));
        Assert.Equal("/newsroom/articles/", right.Headers.Location?.OriginalString);
        Assert.True(await IsInAsync(phone));
        using var other = new StaffClient(site, ann.Id, ann.Email);
        using (await other.SubmitAsync(await StaffClient.LinkAsync(site, ann.Id), [])) { }
        using var again = await TypeAsync(other, next);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.False(await IsInAsync(other));
    }

    [Fact]
    public async Task A_recovery_code_works_once_and_new_ones_end_the_old()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        var (_, codes, _) = await TurnOnAsync(ann);
        Assert.Equal(TwoStepsLedger.RecoveryCodes, codes.Distinct(StringComparer.Ordinal).Count());
        Assert.False(await site.ReadAsync(db => db.RecoveryCodes.AnyAsync(c => codes.Contains(c.Hash))));

        Assert.Equal(HttpStatusCode.Found, await RecoverAsync(ann, codes[0].Replace(' ', '-').ToLowerInvariant()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await RecoverAsync(ann, codes[0]));
        Assert.Contains("9 of your recovery codes are left", (await ann.OpenAsync("/account/two-steps/")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var renewed = await ann.SubmitAsync("/account/two-steps/", [], ("deed", "codes"));
        Assert.Equal(TwoStepsLedger.RecoveryCodes, CodesOf(await StaffClient.PageOf(renewed)).Count);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await RecoverAsync(ann, codes[1]));
    }

    [Fact]
    public async Task Guesses_are_few_and_shut_neither_recovery_codes_nor_passkeys_out()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        var (app, codes, _) = await TurnOnAsync(ann);
        using var passkey = new SoftAuthenticator(site.Url);
        using (await ann.AddAsync(passkey, "")) { }
        using var guesser = await HalfwayAsync(ann);
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < TwoStepsLedger.MostTries + 2; i++) using (var answer = await TypeAsync(guesser, "12345")) answers.Add(answer.StatusCode);
        using var late = await TypeAsync(guesser, Code(app, 1));

        Assert.Equal(TwoStepsLedger.MostTries, answers.Count(a => a == HttpStatusCode.UnprocessableEntity));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.Equal(HttpStatusCode.TooManyRequests, late.StatusCode);
        Assert.Equal(HttpStatusCode.Found, await RecoverAsync(ann, codes[3]));
        using var phone = new StaffClient(site, ann.Id, ann.Email);
        using (await phone.SignInAsync(passkey)) { }
        Assert.True(await IsInAsync(phone));
    }

    [Fact]
    public async Task A_passkey_that_has_recognised_its_owner_is_both_steps_and_another_is_one()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        await TurnOnAsync(ann);
        using var passkey = new SoftAuthenticator(site.Url);
        using (await ann.AddAsync(passkey, "")) { }
        using var phone = new StaffClient(site, ann.Id, ann.Email);

        passkey.RecognisesOwner = false;
        using var one = await phone.SignInAsync(passkey);
        passkey.RecognisesOwner = true;
        using var both = await phone.SignInAsync(passkey, "/newsroom/");

        Assert.Equal("/account/sign-in/second/", one.Headers.Location?.OriginalString);
        Assert.Equal("/newsroom/", both.Headers.Location?.OriginalString);
        Assert.Contains("Front desk", await phone.Browser.ReadAsync("/newsroom/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_staff_need_it_the_newsroom_opens_after_it_only()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Administrator, Password);
        using var settings = await ann.SubmitAsync("/newsroom/settings/", [new("staff_two_steps", "1")]);
        try
        {
            Assert.Equal(HttpStatusCode.Found, settings.StatusCode);
            using var desk = await ann.GetAsync("/newsroom/articles/");
            Assert.Equal("/account/two-steps/?needed=1", desk.Headers.Location?.OriginalString);
            Assert.Contains("The newsroom asks its people for two steps", await ann.Browser.ReadAsync("/account/two-steps/?needed=1"), StringComparison.Ordinal);
            using var refused = await ann.Browser.PostAsync("/newsroom/articles/new/", [new("title", "Kept words of a long morning, which were not lost")]);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("Kept words of a long morning", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Contains(ann.Email, await ann.Browser.ReadAsync("/account/"), StringComparison.Ordinal);

            await TurnOnAsync(ann);
            Assert.Contains("Front desk", await ann.Browser.ReadAsync("/newsroom/"), StringComparison.Ordinal);

            using (await ann.SubmitAsync("/account/two-steps/", [], ("deed", "end"))) { }
            using var closed = await ann.GetAsync("/newsroom/");
            Assert.Equal("/account/two-steps/?needed=1", closed.Headers.Location?.OriginalString);
        }
        finally
        {
            await site.SetAsync(p => p with { StaffNeedTwoSteps = false });
        }
    }

    [Fact]
    public async Task Where_staff_need_it_nothing_on_public_pages_is_for_staff_without_it()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var draft = await ann.WriteAsync("Not out yet", "draft");
        var article = await site.PublishAsync("Staff on a page");
        var ids = await site.TalkAsync(article.Id, null, null);
        var button = $"button[name=feature][value='{ids[0]}']";
        Assert.NotNull((await ann.OpenAsync(article.Path)).QuerySelector(button));
        await site.SetAsync(p => p with { StaffNeedTwoSteps = true });
        try
        {
            Assert.Null((await ann.OpenAsync(article.Path)).QuerySelector(button));
            Assert.False(await ModeratesAsync(ann, article.Id));
            using var refused = await ann.Browser.PostAsync("/discussion/feature/", [new("feature", $"{ids[0]}")]);
            using var preview = await ann.GetAsync($"/?p={draft}&preview=true");
            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound), (refused.StatusCode, preview.StatusCode));

            await TurnOnAsync(ann);
            Assert.True(await ModeratesAsync(ann, article.Id));
            Assert.NotNull((await ann.OpenAsync(article.Path)).QuerySelector(button));
            using var seen = await ann.GetAsync($"/?p={draft}&preview=true");
            using var done = await ann.Browser.PostAsync("/discussion/feature/", [new("feature", $"{ids[0]}")]);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.SeeOther), (seen.StatusCode, done.StatusCode));
        }
        finally
        {
            await site.SetAsync(p => p with { StaffNeedTwoSteps = false });
        }
    }

    [Fact]
    public async Task A_session_of_before_does_not_open_the_newsroom_once_two_steps_are_on()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var before = new StaffClient(site, ann.Id, ann.Email);
        using (await before.SubmitAsync(await StaffClient.LinkAsync(site, ann.Id), [])) { }
        await TurnOnAsync(ann);

        using var answer = await before.GetAsync("/newsroom/?a=b");
        Assert.Equal(FreshSignIn.Address("/newsroom/?a=b"), answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task It_is_changed_only_by_someone_who_signed_in_a_moment_ago_and_told_by_mail()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using var other = new StaffClient(site, ann.Id, ann.Email);
        using (await other.SubmitAsync(await StaffClient.LinkAsync(site, ann.Id), [])) { }
        await TurnOnAsync(ann);
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await ann.OpenAsync("/account/two-steps/")).QuerySelector("main form")!;
        await SignInAge.SetAsync(site, ann.Id, CurrentPerson.Fresh);
        using var refused = await ann.SendAsync(form, "", [], ("deed", "end"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        await SignInAge.SetAsync(site, ann.Id, TimeSpan.Zero);
        // Another browser, signed in a moment ago, by one step.
        Assert.Null((await other.OpenAsync("/account/two-steps/")).QuerySelector("main form"));
        var crafted = (AngleSharp.Html.Dom.IHtmlFormElement)(await other.OpenAsync("/account/")).QuerySelector("form[action='/account/sign-out/']")!;
        crafted.SetAttribute("action", "/account/two-steps/");
        using (var half = await other.SendAsync(crafted, "", [new("deed", "end")])) Assert.Equal(HttpStatusCode.Forbidden, half.StatusCode);
        using var ended = await ann.SendAsync(form, "", [], ("deed", "end"));
        Assert.Equal("/account/two-steps/?said=ended", ended.Headers.Location?.OriginalString);
        using (await ann.SubmitAsync(await StaffClient.LinkAsync(site, ann.Id), [])) { }
        Assert.True(await IsInAsync(ann));
        Assert.Equal([MailKind.NewDevice, MailKind.TwoStepsOn, MailKind.TwoStepsOff], await site.ReadAsync(db => db.Mails.Where(m => m.Email == ann.Email).OrderBy(m => m.Id).Select(m => m.Kind).ToListAsync()));
        Assert.Equal(0, await site.ReadAsync(db => db.RecoveryCodes.CountAsync(c => c.PersonId == ann.Id)));
    }

    [Fact]
    public async Task The_picture_is_there_while_an_app_is_set_up_and_kept_nowhere()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using var none = await ann.GetAsync("/account/two-steps/picture.svg");
        using (await ann.SubmitAsync("/account/two-steps/", [], ("deed", "begin"))) { }
        using var picture = await ann.GetAsync("/account/two-steps/picture.svg");
        var key = KeyOf(await ann.OpenAsync("/account/two-steps/"));

        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType?.MediaType);
        Assert.True(picture.Headers.CacheControl?.NoStore);
        Assert.DoesNotContain(key, await site.ReadAsync(db => db.TwoSteps.Where(t => t.PersonId == ann.Id).Select(t => t.Secret).SingleAsync()), StringComparison.Ordinal);
        using var wrong = await ann.SubmitAsync("/account/two-steps/", [new("code", "000000")], ("deed", "confirm"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }

    /// <returns>The app, the recovery codes, and the code that is used up by this.</returns>
    private static async Task<(Totp App, List<string> Codes, string Used)> TurnOnAsync(StaffClient client)
    {
        using (await client.SubmitAsync("/account/two-steps/", [], ("deed", "begin"))) { }
        var app = new Totp(Base32Encoding.ToBytes(KeyOf(await client.OpenAsync("/account/two-steps/"))));
        var code = Code(app, 0);
        using var on = await client.SubmitAsync("/account/two-steps/", [new("code", code)], ("deed", "confirm"));
        Assert.Equal(HttpStatusCode.OK, on.StatusCode);
        return (app, CodesOf(await StaffClient.PageOf(on)), code);
    }

    /// <summary>A browser in which the first step is done.</summary>
    private async Task<StaffClient> HalfwayAsync(StaffClient person)
    {
        var client = new StaffClient(site, person.Id, person.Email);
        using var first = await client.SubmitAsync(await StaffClient.LinkAsync(site, person.Id), []);
        Assert.Equal("/account/sign-in/second/", first.Headers.Location?.OriginalString);
        return client;
    }

    private async Task<HttpStatusCode> RecoverAsync(StaffClient person, string code)
    {
        using var client = await HalfwayAsync(person);
        using var answer = await TypeAsync(client, code);
        return answer.StatusCode;
    }

    private static async Task<bool> ModeratesAsync(StaffClient client, long article) => System.Text.Json.JsonDocument.Parse(await client.Browser.ReadAsync($"/wp-json/broadsheet/v1/me?post={article}")).RootElement.GetProperty("moderates").GetBoolean();

    private static Task<HttpResponseMessage> TypeAsync(StaffClient client, string code) => client.SubmitAsync("/account/sign-in/second/", [new("code", code)]);

    private static async Task<bool> IsInAsync(StaffClient client)
    {
        using var answer = await client.GetAsync("/account/");
        return answer.StatusCode == HttpStatusCode.OK;
    }

    /// <param name="steps">Ahead of now.</param>
    private static string Code(Totp app, int steps) => app.ComputeTotp(TimeProvider.System.GetUtcNow().AddSeconds(30 * steps).UtcDateTime);

    private static string KeyOf(AngleSharp.Html.Dom.IHtmlDocument page) => page.QuerySelector("code.key")!.TextContent.Replace(" ", "", StringComparison.Ordinal);

    private static List<string> CodesOf(AngleSharp.Html.Dom.IHtmlDocument page) => [.. page.QuerySelectorAll("ul.codes code").Select(c => c.TextContent)];

    public sealed class OnSqlite(SqliteSite site) : TwoStepsTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : TwoStepsTests(site), IClassFixture<PostgresSite>;
}
