using System.Net;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>What words on the lists do beside holding and refusing: they are masked for readers, or silence whoever writes them.</summary>
public abstract class WordActionTests(BroadsheetSite site) : IAsyncLifetime
{
    private const string Rules = "/newsroom/settings/screening/";

    public async ValueTask InitializeAsync() => await site.SetAsync(p => new Publication { Secret = p.Secret, Title = p.Title, HoldFirst = false, FloodSeconds = 0, MaskedWords = "fiddlesticks", SilencingWords = "lantern" });

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_masked_word_is_given_away_nowhere_but_to_its_writer_and_to_moderators()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var writer = site.NewReader();
        using var reader = site.NewReader();
        var article = await site.PublishAsync("With masked words");

        var id = await SayAsync(writer, article.Path, "Oh F1ddlesticks, <em>fiddle</em>sticks!", "ann@example.org");
        await site.IndexAsync();

        Assert.Equal("Oh F•••, f•••!", (await reader.OpenAsync(article.Path)).QuerySelector($"#comment-{id} .comment-text")!.TextContent.Trim());
        var places = new[] { article.Path, $"{article.Path}feed/", "/comments/feed/", $"/wp-json/wp/v2/comments/{id}", $"/wp-json/wp/v2/comments?post={article.Id}", $"/?s=oh&in={article.Id}", $"/discussion/report/?comment={id}" };
        foreach (var place in places)
        {
            var text = await reader.ReadAsync(place);
            Assert.True(!text.Contains("ddlesticks", StringComparison.OrdinalIgnoreCase) && !text.Contains(">sticks", StringComparison.Ordinal), place);
        }
        Assert.DoesNotContain($"#comment-{id}", await reader.ReadAsync($"/?s=fiddlesticks&in={article.Id}"), StringComparison.Ordinal);
        Assert.Equal("Oh F1ddlesticks, <em>fiddle</em>sticks!", (await writer.OpenAsync($"/discussion/edit/?c={id}")).QuerySelector("textarea")!.TextContent.Trim());
        var card = (await mod.OpenAsync($"/newsroom/comments/{id}/")).QuerySelector($"#card-{id}")!;
        Assert.Contains("Oh F1ddlesticks, fiddlesticks!", card.QuerySelector(".words")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("readers see words of it masked", card.TextContent, StringComparison.Ordinal);

        using var changed = await writer.PostAsync("/discussion/edit/", [new("c", $"{id}"), new("comment", "Now fiddlesticks again.")]);
        Assert.Contains("Now f••• again.", await reader.ReadAsync(article.Path), StringComparison.Ordinal);
        using var preview = await reader.CommentAsync(article.Path, "Fiddlesticks first.", more: [new("preview", "1")]);
        Assert.Equal("F••• first.", (await StaffClient.PageOf(preview)).QuerySelector("#preview .comment-text")!.TextContent.Trim());
    }

    [Fact]
    public async Task What_a_moderator_works_with_is_what_was_written_and_mail_to_readers_is_masked()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var writer = await StaffClient.SignInAsync(site, Role.Reader);
        using var reader = site.NewReader();
        var article = await site.PublishAsync("With a mask for readers alone");
        var id = await SayAsync(writer.Browser, article.Path, "Plain <em>fiddle</em>sticks, said first.", "");
        var answer = await SayAsync(reader, article.Path, "An answer.", "answer.masked@example.org", [new("comment_parent", $"{id}")]);

        foreach (var page in (string[])[$"/newsroom/comments/{answer}/", $"/newsroom/comments/people/{writer.Id}/"]) Assert.Contains("Plain fiddlesticks, said first.", (await mod.OpenAsync(page)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Plain fiddlesticks, said first.", (await mod.OpenAsync("/newsroom/comments/?show=shown")).QuerySelector($"#card-{answer} .parent")!.TextContent, StringComparison.Ordinal);

        List<KeyValuePair<string, string>> form = [new("comment", $"{id}"), new("law", "Rude words act"), new("explanation", "It is rude."), new("more", ""), new("name", "Nora Notice"), new("email", "nora.masked@example.org"), new("good_faith", "yes")];
        using var received = await reader.PostAsync("/discussion/notice/", form);
        var notice = await site.ReadAsync(db => db.LegalNotices.SingleAsync(n => n.CommentId == id));
        Assert.Equal("<p>Plain <em>fiddle</em>sticks, said first.</p>", notice.CommentHtml.Trim());
        Assert.Contains("Plain fiddlesticks, said first.", (await mod.OpenAsync($"/newsroom/comments/notices/{notice.Id}/")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var decided = await mod.SubmitAsync($"/newsroom/comments/notices/{notice.Id}/", [new("what", "law"), new("statement", "It is.")], form: "form.why");
        Assert.Contains("Plain fiddlesticks, said first.", (await mod.OpenAsync("/newsroom/comments/log/")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var mails = await site.ReadAsync(db => db.Mails.Where(m => m.SubscriptionId == notice.Id && m.Kind >= MailKind.NoticeReceived && m.Kind <= MailKind.StatementOfReasons).OrderBy(m => m.Kind).ToListAsync());
        Assert.Equal([MailKind.NoticeReceived, MailKind.NoticeAnswered, MailKind.StatementOfReasons], mails.Select(m => m.Kind));
        foreach (var mail in mails) Assert.Contains(mail.Kind == MailKind.StatementOfReasons ? "Plain fiddlesticks, said first." : "Plain f•••, said first.", (await LetterAsync(mail))!.Body.Text().Flat(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_held_comment_comes_to_moderators_as_it_was_written()
    {
        await site.SetAsync(p => p with { HoldAll = true });
        var article = await site.PublishAsync("Held and masked");
        var from = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        await SayAsync(site.NewReader(), article.Path, "Fiddlesticks that wait.", "held.masked@example.org");

        var mail = new QueuedMail { Kind = MailKind.Held, Email = "mod@example.org", SubscriptionId = from.ToUnixTimeMilliseconds(), CreatedAt = TimeProvider.System.GetUtcNow().AddSeconds(1) };

        Assert.Contains("Fiddlesticks that wait.", (await LetterAsync(mail))!.Body.Text().Flat(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_are_told_what_words_do_only_where_they_do_it()
    {
        const string Told = "wait for a person. An account is marked so";
        using var reader = site.NewReader();

        Assert.Contains(Told, await reader.ReadAsync("/privacy/comments/"), StringComparison.Ordinal);
        await site.SetAsync(p => p with { CheckModes = new() { [SilencingWordsCheck.CheckName] = CheckMode.Advise } });
        Assert.DoesNotContain(Told, await reader.ReadAsync("/privacy/comments/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_writes_a_word_that_silences_waits_from_then_on_until_a_moderator_says_otherwise()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        using var person = await StaffClient.SignInAsync(site, Role.Reader);
        using var guest = site.NewReader();
        var article = await site.PublishAsync("With words that silence");

        var bad = await SayAsync(person.Browser, article.Path, "Buy a l@ntern!", "");
        var later = await SayAsync(person.Browser, article.Path, "Something harmless.", "");
        var ofGuest = await SayAsync(guest, article.Path, "A lantern from a guest.", "bob.silenced@example.org");
        var laterOfGuest = await SayAsync(guest, article.Path, "Harmless, too.", "Bob.Silenced+tag@example.org");

        Assert.All(await site.ReadAsync(db => db.Comments.Where(c => c.ArticleId == article.Id).Select(c => c.Standing).ToListAsync()), s => Assert.Equal(Standing.Held, s));
        Assert.Equal(CommenterTrust.AlwaysHeld, await TrustAsync(person.Id));
        // Once each, by nobody, in the log.
        Assert.Equal([bad, ofGuest], await site.ReadAsync(db => db.Decisions.Where(d => d.PersonId == null && (d.CommentId == bad || d.CommentId == later || d.CommentId == ofGuest || d.CommentId == laterOfGuest)).OrderBy(d => d.Id).Select(d => d.CommentId).ToListAsync()));
        Assert.Contains("By the rules, what its writer sends from now on waits for a moderator.", await admin.Browser.ReadAsync("/newsroom/comments/log/"), StringComparison.Ordinal);
        var bans = await admin.OpenAsync("/newsroom/comments/bans/");
        Assert.Contains("bob.silenced@example.org", bans.QuerySelector("ul.rows")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("until", bans.QuerySelector("ul.rows")!.TextContent, StringComparison.Ordinal);
        // Of what is caught as spam, the address is thrown away: it is not kept.
        using var program = site.NewReader();
        using var caught = await program.PostAsync("/wp-comments-post.php", [new("comment_post_ID", $"{article.Id}"), new("comment", "A lantern for all."), new("author", "Bot"), new("email", "bot.silenced@example.org"), new("website_url", "https://filled.example")]);
        Assert.Equal(Standing.Spam, await site.ReadAsync(db => db.Comments.Where(c => c.AuthorEmail == "bot.silenced@example.org").Select(c => c.Standing).SingleAsync()));
        Assert.False(await site.ReadAsync(db => db.Bans.AnyAsync(b => b.Value == "bot.silenced@example.org")));
        // Taken back where a moderator's own marks are.
        using var lifted = await admin.SubmitAsync("/newsroom/comments/bans/", [], null, "ul.rows form");
        Assert.Equal(Standing.Shown, await StandingAsync(await SayAsync(guest, article.Path, "Free again.", "bob.silenced@example.org")));
        await site.Writes.RunAsync((scope, ct) => BanLedger.TrustAsync(scope, person.Id, CommenterTrust.Trusted, ct), CancellationToken.None);
        Assert.Equal(Standing.Held, await StandingAsync(await SayAsync(person.Browser, article.Path, "A lantern once more.", "")));
        Assert.Equal(CommenterTrust.Trusted, await TrustAsync(person.Id));
    }

    [Fact]
    public async Task A_check_that_only_advises_silences_nobody_and_the_staff_is_never_silenced()
    {
        await site.SetAsync(p => p with { CheckModes = new() { [SilencingWordsCheck.CheckName] = CheckMode.Advise } });
        using var person = await StaffClient.SignInAsync(site, Role.Reader);
        using var author = await StaffClient.SignInAsync(site, Role.Author);
        var article = await site.PublishAsync("Advice on silence");

        Assert.Equal(Standing.Shown, await StandingAsync(await SayAsync(person.Browser, article.Path, "One lantern.", "")));
        Assert.Equal(CommenterTrust.Usual, await TrustAsync(person.Id));
        await site.SetAsync(p => p with { CheckModes = [] });
        Assert.Equal(Standing.Shown, await StandingAsync(await SayAsync(author.Browser, article.Path, "Two lanterns.", "")));
        // A guest with the address of one of the staff is held, and the address is not marked.
        Assert.Equal(Standing.Held, await StandingAsync(await SayAsync(site.NewReader(), article.Path, "Three lanterns.", author.Email)));
        Assert.Equal(0, await site.ReadAsync(db => db.Bans.CountAsync(b => b.Value == author.Email)));
    }

    [Fact]
    public async Task The_lists_are_saved_from_files_and_the_test_box_shows_what_readers_would_see()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);

        using var saved = await admin.SubmitAsync(Rules, [], null, "form.settings", ("masked_words_file", "mask.txt", "# mild\nblast\n"u8.ToArray()), ("silencing_words_file", "silence.txt", "torch\n"u8.ToArray()));
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        using var tried = await admin.SubmitAsync(Rules, [new("try_words", "Blast that torch"), new("try_name", "Try"), new("try_email", "try@example.org")], null, "form.trial");

        var result = (await StaffClient.PageOf(tried)).QuerySelector("section.trial")!.TextContent;
        Assert.Contains("Readers would see: B••• that torch", result, StringComparison.Ordinal);
        Assert.Contains("It has “torch”, which is on the list of words that silence their writer.", result, StringComparison.Ordinal);
        Assert.Equal(0, await site.ReadAsync(db => db.Bans.CountAsync(b => b.Value == "try@example.org")));
    }

    private static async Task<long> SayAsync(ReaderClient reader, string path, string words, string email, IEnumerable<KeyValuePair<string, string>>? more = null)
    {
        using var posted = await reader.CommentAsync(path, words, "Somebody", email, more);
        Assert.Equal(HttpStatusCode.Found, posted.StatusCode);
        return long.Parse(posted.Headers.Location!.OriginalString.Split("#comment-")[1]);
    }

    private Task<Letter?> LetterAsync(QueuedMail mail) => site.App.Services.GetServices<IWriteLetters>().Single(w => w.Kind == mail.Kind).WriteAsync(mail, CancellationToken.None);

    private Task<Standing> StandingAsync(long id) => site.ReadAsync(db => db.Comments.Where(c => c.Id == id).Select(c => c.Standing).SingleAsync());

    private Task<CommenterTrust> TrustAsync(long person) => site.ReadAsync(db => db.Users.Where(p => p.Id == person).Select(p => p.Trust).SingleAsync());

    public sealed class OnSqlite(SqliteSite site) : WordActionTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : WordActionTests(site), IClassFixture<PostgresSite>;
}
