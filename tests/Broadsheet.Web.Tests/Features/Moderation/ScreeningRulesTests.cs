using System.Net;
using System.Text;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>The page of the rules, the test box, and the rules of one article.</summary>
public abstract class ScreeningRulesTests(BroadsheetSite site) : IAsyncLifetime
{
    private const string Page = "/newsroom/settings/screening/";

    public async ValueTask InitializeAsync() => await site.SetAsync(p => new Publication { Secret = p.Secret, Title = p.Title, FloodSeconds = 0 });

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_another_window_saved_meanwhile_is_not_overwritten_unseen()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        var old = (await admin.OpenAsync(Page)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        using var one = await admin.SubmitAsync(Page, [new("hold_words", "windowword")], null, "form.settings");

        using var other = await admin.SubmitAsync(Page, [new("hold_words", "otherword"), new("seen", old)], null, "form.settings");
        var asked = await StaffClient.PageOf(other);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity), (one.StatusCode, other.StatusCode));
        Assert.Contains("has changed the rules since this page was opened", asked.QuerySelector(".problem.summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("windowword", (await site.App.Services.GetRequiredService<PublicationStore>().GetAsync(CancellationToken.None)).HoldWords.Trim());
        var now = asked.QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        using var again = await admin.SubmitAsync(Page, [new("hold_words", "otherword"), new("seen", now)], null, "form.settings");
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        using var cleared = await admin.SubmitAsync(Page, [new("hold_words", "")], null, "form.settings");
    }

    [Fact]
    public async Task Rules_are_saved_with_lists_from_files_and_hold_for_the_next_comment()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);

        using var saved = await admin.SubmitAsync(Page, [new("hold_first", null), new("hold_words", "lantern\ncandle"), new("mode_links", "advise"), new("trust_after", "7"), new("purge_days", "20"), new("newcomer_links", "3"), new("newcomer_hourly", "9"), new("work_always", "1"), new("work_from", "90"), new("work_bits", "18"), new("mode_work", "advise")], null, "form.settings",
            ("hold_words_file", "words.txt", Encoding.UTF8.GetBytes("# of the harbour\r\ncandle\r\nmackerel\r\n")), ("email_domains_file", "domains.txt", "trash.example\n"u8.ToArray()));

        Assert.Equal((HttpStatusCode.Found, Page), (saved.StatusCode, saved.Headers.Location!.OriginalString));
        var publication = await PublicationAsync();
        Assert.Equal(("lantern\ncandle\nmackerel", "trash.example", false, 7, 20, CheckMode.Advise), (publication.HoldWords, publication.EmailDomains, publication.HoldFirst, publication.TrustAfter, publication.PurgeDays, publication.CheckModes["links"]));
        Assert.Equal((3, 9, true, 90, 18, CheckMode.Advise), (publication.Rules.NewcomerLinks, publication.Rules.NewcomerHourly, publication.Rules.WorkAlways, publication.Rules.WorkFrom, publication.Rules.WorkBits, publication.CheckModes["work"]));
        var article = await site.PublishAsync("By the new rules");
        Assert.Equal(Standing.Held, (await SayAsync(article, "Fresh mackerel!", "one@example.org")).Standing);
        Assert.Equal(Standing.Held, (await SayAsync(article, "Fresh herring!", "two@trash.example")).Standing);
        Assert.Equal(Standing.Shown, (await SayAsync(article, "See https://a.example and https://b.example", "three@example.org")).Standing);
        Assert.Equal("advise", (await admin.OpenAsync(Page)).QuerySelector("#f-mode_links option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task What_is_wrong_is_told_and_nothing_is_saved()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);

        using var wrong = await admin.SubmitAsync(Page, [new("purge_days", "14"), new("hold_links", "many"), new("hold_words", "kept"), new("work_bits", "21"), new("work_from", "0"), new("newcomer_links", "101")], null, "form.settings", ("refuse_words_file", "image.png", [0x80, 0x81, 0x82]));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var page = await StaffClient.PageOf(wrong);
        Assert.All(["purge_days", "hold_links", "refuse_words", "work_bits", "work_from", "newcomer_links"], field => Assert.NotNull(page.QuerySelector($"#f-{field}-problem")));
        Assert.Equal("kept", page.QuerySelector("#f-hold_words")!.TextContent.Trim());
        Assert.Equal("", (await PublicationAsync()).HoldWords);
    }

    [Fact]
    public async Task A_damaged_form_of_somebody_who_is_signed_out_is_a_fault_of_the_sender()
    {
        using var reader = site.NewReader();
        using var content = new StringContent("a=%00", Encoding.UTF8, "application/x-www-form-urlencoded");

        using var answer = await reader.Http.PostAsync(new Uri(Page, UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("This form could not be read", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_test_box_says_what_each_check_would_and_keeps_nothing()
    {
        await site.SetAsync(p => p with { HoldWords = "lantern", CheckModes = new() { ["words"] = CheckMode.Off } });
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        var before = await site.ReadAsync(db => db.Comments.CountAsync());

        using var tried = await admin.SubmitAsync(Page, [new("try_words", "A <b>lantern</b> at https://a.example or https://b.example"), new("try_name", "Try"), new("try_email", "try@example.org")], null, "form.trial");

        var result = (await StaffClient.PageOf(tried)).QuerySelector("section.trial")!;
        Assert.Contains("It would wait for a moderator.", result.TextContent, StringComparison.Ordinal);
        var said = result.QuerySelectorAll(".checks li").Select(li => li.TextContent).ToList();
        Assert.Contains(said, s => s.StartsWith("Many links (makes it wait; took ", StringComparison.Ordinal) && s.Contains("2 links", StringComparison.Ordinal));
        Assert.Contains(said, s => s.StartsWith("Words that are refused or held (is off; would make it wait; took ", StringComparison.Ordinal) && s.Contains("lantern", StringComparison.Ordinal));
        Assert.Contains(said, s => s.StartsWith("First comments of newcomers", StringComparison.Ordinal));
        Assert.Equal(before, await site.ReadAsync(db => db.Comments.CountAsync()));
    }

    [Fact]
    public async Task An_article_has_rules_of_its_own_and_the_preset_is_undone()
    {
        await site.SetAsync(p => p with { HoldFirst = false });
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await editor.WriteAsync("A breaking story", "publish", new("hold_links", "9"), new("slow_seconds", "5"));
        var address = $"/newsroom/articles/{id}/";

        using var pressed = await editor.SubmitAsync(address, [], null, "form#breaking");
        var breaking = await RulesAsync(id);
        using var undone = await editor.SubmitAsync(address, [], null, ".notice form");
        var after = await RulesAsync(id);

        Assert.Equal(HttpStatusCode.Found, pressed.StatusCode);
        Assert.Equal(new DiscussionRules(SlowSeconds: 60, HoldFirst: true, HoldLinks: 1), breaking);
        Assert.Equal(new DiscussionRules(SlowSeconds: 5, HoldLinks: 9), after);
    }

    [Fact]
    public async Task What_an_article_holds_waits_there_and_nowhere_else()
    {
        await site.SetAsync(p => p with { HoldFirst = false, HoldLinks = 0 });
        var (all, links, none) = (await site.PublishAsync("Holds all"), await site.PublishAsync("Holds links"), await site.PublishAsync("Holds nothing"));
        await RuleAsync(all.Id, new DiscussionRules(HoldAll: true));
        await RuleAsync(links.Id, new DiscussionRules(HoldLinks: 1));
        const string Words = "See https://a.example";

        Assert.Equal(Standing.Held, (await SayAsync(all, "Plain.", "a@example.org")).Standing);
        Assert.Equal(Standing.Held, (await SayAsync(links, Words, "b@example.org")).Standing);
        Assert.Equal(Standing.Shown, (await SayAsync(none, Words, "c@example.org")).Standing);
    }

    [Fact]
    public async Task A_breaking_story_is_not_made_of_what_belongs_to_others()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        using var author = await StaffClient.SignInAsync(site, Role.Author);
        var id = await editor.WriteAsync("Not theirs", "publish");
        var token = (await author.OpenAsync("/newsroom/")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var answer = await author.Browser.PostAsync($"/newsroom/articles/{id}/breaking/", [new("__RequestVerificationToken", token)]);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(await RulesAsync(id));
    }

    private ValueTask<Publication> PublicationAsync() => site.App.Services.GetRequiredService<PublicationStore>().GetAsync(CancellationToken.None);

    private Task<DiscussionRules?> RulesAsync(long id) => site.ReadAsync(db => db.Articles.Where(a => a.Id == id).Select(a => a.Discussion).SingleAsync());

    private Task RuleAsync(long id, DiscussionRules rules) => site.Writes.RunAsync(async (scope, ct) =>
    {
        (await scope.Db.Articles.AsTracking().SingleAsync(a => a.Id == id, ct)).Rule(rules);
        scope.Evict($"article:{id}");
    }, CancellationToken.None);

    private async Task<Comment> SayAsync(PublishedArticle article, string words, string email)
    {
        using var reader = site.NewReader();
        using var posted = await reader.CommentAsync(article.Path, words, "Sayer", email);
        Assert.Equal(HttpStatusCode.Found, posted.StatusCode);
        var id = long.Parse(posted.Headers.Location!.OriginalString.Split("#comment-")[1]);
        return await site.ReadAsync(db => db.Comments.SingleAsync(c => c.Id == id));
    }

    public sealed class OnSqlite(SqliteSite site) : ScreeningRulesTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : ScreeningRulesTests(site), IClassFixture<PostgresSite>;
}
