using System.Net;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Newsroom;

/// <summary>What readers say is wrong in an article, and what becomes of it.</summary>
public abstract class CorrectionRequestTests(BroadsheetSite site)
{
    [Fact]
    public async Task What_a_reader_says_is_wrong_waits_on_the_front_desk_and_is_answered_by_mail()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ed.WriteAsync("The bridge has two towers", "publish");
        using var reader = site.NewReader();
        var link = (await ReadAsync(reader, id)).QuerySelector(".ask-correction a")!.GetAttribute("href")!;
        Assert.Contains("The bridge has two towers", (await reader.OpenAsync(link)).QuerySelector(".archive-head")!.TextContent);

        using var sent = await AskAsync(reader, id, "It has <b>three</b> towers.", "Ida", "ida@example.org");

        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Contains("asked for", (await ed.OpenAsync("/newsroom/")).QuerySelector(".counts a[href='/newsroom/corrections/']")!.TextContent);
        Assert.Contains("It has <b>three</b> towers.", (await ed.OpenAsync($"/newsroom/articles/{id}/")).QuerySelector("details.asked li")!.TextContent);
        var asked = await site.ReadAsync(db => db.CorrectionRequests.SingleAsync(r => r.ArticleId == id));
        using var answered = await ed.SubmitAsync("/newsroom/corrections/", [new("answer", "You are right, thank you.")], ("what", "corrected"), Form(asked));
        Assert.Equal(HttpStatusCode.Found, answered.StatusCode);
        var mail = await site.ReadAsync(db => db.Mails.SingleAsync(m => m.Kind == MailKind.CorrectionAnswered && m.SubscriptionId == asked.Id));
        var letter = await LetterAsync(mail);
        Assert.Equal("ida@example.org", mail.Email);
        Assert.Contains("You are right, thank you.", letter!.Body.Text(), StringComparison.Ordinal);
        Assert.Null((await ed.OpenAsync("/newsroom/corrections/")).QuerySelector($"#request-{asked.Id}"));
        Assert.Contains("You are right", (await ed.OpenAsync("/newsroom/corrections/?show=answered")).QuerySelector($"#request-{asked.Id}")!.TextContent);
    }

    [Fact]
    public async Task An_answer_is_taken_back_before_it_goes()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ed.WriteAsync("Answered in haste", "publish");
        using var reader = site.NewReader();
        using var sent = await AskAsync(reader, id, "A date is wrong.", "", "olga@example.org");
        var asked = await site.ReadAsync(db => db.CorrectionRequests.SingleAsync(r => r.ArticleId == id));
        using var answered = await ed.SubmitAsync("/newsroom/corrections/", [new("answer", "No.")], ("what", "declined"), Form(asked));

        using var undone = await ed.SubmitAsync("/newsroom/corrections/", [], null, ".notice form");

        Assert.Equal(HttpStatusCode.Found, undone.StatusCode);
        Assert.Equal(CorrectionState.Open, await site.ReadAsync(db => db.CorrectionRequests.Where(r => r.Id == asked.Id).Select(r => r.State).SingleAsync()));
        var mail = await site.ReadAsync(db => db.Mails.SingleAsync(m => m.Kind == MailKind.CorrectionAnswered && m.SubscriptionId == asked.Id));
        Assert.Equal(MailState.Skipped, mail.State);
        Assert.Null(await LetterAsync(mail));
    }

    [Fact]
    public async Task Who_asked_is_forgotten_thirty_days_after_the_answer()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ed.WriteAsync("Asked and forgotten", "publish");
        using var reader = site.NewReader();
        using var sent = await AskAsync(reader, id, "A name is misspelt.", "Paul", "paul@example.org");
        var asked = await site.ReadAsync(db => db.CorrectionRequests.SingleAsync(r => r.ArticleId == id));
        using var answered = await ed.SubmitAsync("/newsroom/corrections/", [new("answer", "Thank you.")], ("what", "corrected"), Form(asked));
        Assert.True(await site.ReadAsync(db => db.Mails.AnyAsync(m => m.Kind == MailKind.CorrectionAnswered && m.SubscriptionId == asked.Id)));
        var closed = (await site.ReadAsync(db => db.CorrectionRequests.SingleAsync(r => r.Id == asked.Id))).ClosedAt!.Value;

        await site.Writes.RunAsync(async (scope, ct) => { await CorrectionLedger.ForgetAskersAsync(scope, closed, ct); return true; }, CancellationToken.None);
        Assert.Equal("Paul", await site.ReadAsync(db => db.CorrectionRequests.Where(r => r.Id == asked.Id).Select(r => r.Name).SingleAsync()));
        await site.Writes.RunAsync(async (scope, ct) => { await CorrectionLedger.ForgetAskersAsync(scope, closed.AddMilliseconds(1), ct); return true; }, CancellationToken.None);

        var after = await site.ReadAsync(db => db.CorrectionRequests.SingleAsync(r => r.Id == asked.Id));
        Assert.Equal(("", "", "A name is misspelt."), (after.Name, after.Email, after.Words));
        Assert.False(await site.ReadAsync(db => db.Mails.AnyAsync(m => m.Kind == MailKind.CorrectionAnswered && m.SubscriptionId == asked.Id)));
    }

    [Theory]
    [InlineData("", "", "Say in a few words")]
    [InlineData("Wrong.", "not an address", "no e-mail address")]
    public async Task What_cannot_be_taken_is_said_and_the_words_stay(string words, string email, string problem)
    {
        var article = await site.PublishAsync($"Mended forms {problem}");
        using var reader = site.NewReader();

        using var answer = await AskAsync(reader, article.Id, words, "Eve", email);

        var page = await StaffClient.PageOf(answer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(problem, page.QuerySelector("#task-problem")!.TextContent);
        Assert.Equal((words, "Eve", email), (page.QuerySelector("#words")!.TextContent, page.QuerySelector("#name")!.GetAttribute("value"), page.QuerySelector("#email")!.GetAttribute("value")));
    }

    [Fact]
    public async Task Drafts_take_no_requests_and_an_author_sees_those_of_own_articles_only()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        using var author = await StaffClient.SignInAsync(site, Role.Author);
        using var other = await StaffClient.SignInAsync(site, Role.Author);
        var (id, draft) = (await author.WriteAsync("By an author", "publish"), await ed.WriteAsync("Not public", "draft"));
        using var reader = site.NewReader();

        using var refused = await AskAsync(reader, draft, "Wrong.", "", "");
        using var sent = await AskAsync(reader, id, "Also wrong.", "", "");
        using var again = await AskAsync(reader, id, "Also wrong.", "", "");

        var asked = await site.ReadAsync(db => db.CorrectionRequests.SingleAsync(r => r.ArticleId == id));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.NotNull((await author.OpenAsync("/newsroom/corrections/")).QuerySelector($"#request-{asked.Id}"));
        Assert.Null((await other.OpenAsync("/newsroom/corrections/")).QuerySelector($"#request-{asked.Id}"));
        var token = (await other.OpenAsync("/newsroom/")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var foreign = await other.Browser.PostAsync($"/newsroom/corrections/{asked.Id}/", [new("__RequestVerificationToken", token), new("what", "declined")]);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(CorrectionState.Open, await site.ReadAsync(db => db.CorrectionRequests.Where(r => r.Id == asked.Id).Select(r => r.State).SingleAsync()));
    }

    [Fact]
    public async Task Where_corrections_are_not_taken_there_is_no_link_and_no_form()
    {
        var article = await site.PublishAsync("Takes nothing");
        using var reader = site.NewReader();
        await site.SetAsync(p => p with { TakesCorrections = false });
        try
        {
            using var form = await reader.GetAsync($"/corrections/ask/?article={article.Id}");
            Assert.Equal(HttpStatusCode.NotFound, form.StatusCode);
            Assert.Null((await ReadAsync(reader, article.Id)).QuerySelector(".ask-correction"));
        }
        finally
        {
            await site.SetAsync(p => p with { TakesCorrections = true });
        }
    }

    private static async Task<IHtmlDocument> ReadAsync(ReaderClient reader, long article)
    {
        using var answer = await reader.GetAsync($"/?p={article}");
        return await reader.OpenAsync(answer.Headers.Location!.OriginalString);
    }

    private static Task<HttpResponseMessage> AskAsync(ReaderClient reader, long article, string words, string name, string email) =>
        reader.PostAsync("/corrections/ask/", [new("article", $"{article}"), new("words", words), new("name", name), new("email", email)]);

    private static string Form(CorrectionRequest asked) => $"#request-{asked.Id} form.answer";

    private Task<Letter?> LetterAsync(QueuedMail mail) => site.App.Services.GetServices<IWriteLetters>().Single(l => l.Kind == mail.Kind).WriteAsync(mail, CancellationToken.None);

    public sealed class OnSqlite(SqliteSite site) : CorrectionRequestTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : CorrectionRequestTests(site), IClassFixture<PostgresSite>;
}
