using System.Net;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>Whoever wrote a comment is told why it is not published, and may ask for another look.</summary>
public abstract class AppealTests(BroadsheetSite site)
{
    [Fact]
    public async Task A_guest_reads_the_reason_asks_once_and_is_answered()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var guest = site.NewReader();
        var (path, id) = await CommentAsync(guest, "Words of a guest.");
        await DecideAsync(mod, id, "trash", "off-topic");

        var own = (await guest.OpenAsync(path)).QuerySelector($"#comment-{id} .note")!;
        Assert.Equal("Not published: It has little to do with the article. Only you can see this. Ask for another look", own.TextContent.Trim());
        var form = (await guest.OpenAsync(own.QuerySelector("a")!.GetAttribute("href")!)).QuerySelector("form.task")!;
        Assert.NotNull(form);
        using var asked = await guest.PostAsync("/discussion/appeal/", [new("c", $"{id}"), new("words", "It is about the harbour.")]);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        using var again = await guest.PostAsync("/discussion/appeal/", [new("c", $"{id}"), new("words", "Once more.")]);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);

        var queue = await mod.OpenAsync("/newsroom/comments/?show=appealed");
        Assert.Contains("It is about the harbour.", queue.QuerySelector($"#card-{id}")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(await site.ReadAsync(db => db.Appeals.CountAsync(a => a.State == AppealState.Open)), (await site.ReadAsync(db => QueueLedger.LengthsAsync(db, CancellationToken.None))).GetValueOrDefault(Queue.Appealed));
        using var refuse = await mod.SubmitAsync("/newsroom/comments/?show=appealed", [], ("one", $"trash:{id}"), "form.queue");
        Assert.Equal(AppealState.Refused, await StateAsync(id));
        Assert.Contains("Another look was taken, and it stays so.", await guest.ReadAsync(path), StringComparison.Ordinal);
        // The moderator thinks better of it: taken back, it waits again; then it is granted.
        using var undo = await mod.SubmitAsync("/newsroom/comments/", [], form: ".notice form");
        Assert.Equal(AppealState.Open, await StateAsync(id));
        using var grant = await mod.SubmitAsync("/newsroom/comments/?show=appealed", [], ("one", $"shown:{id}"), "form.queue");
        Assert.Equal(AppealState.Granted, await StateAsync(id));
        Assert.Contains("Words of a guest.", await site.NewReader().ReadAsync(path), StringComparison.Ordinal);

        var letters = await LettersAsync(id);
        Assert.Equal("Your comment at Broadsheet is published", Assert.Single(letters)!.Subject);
    }

    [Fact]
    public async Task A_letter_tells_that_it_stays_so_and_why()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var guest = site.NewReader();
        var (_, id) = await CommentAsync(guest, "Words that stay out.");
        await DecideAsync(mod, id, "spam", "");
        using var asked = await guest.PostAsync("/discussion/appeal/", [new("c", $"{id}"), new("words", "")]);
        await DecideAsync(mod, id, "trash", "advertising");

        var letter = Assert.Single(await LettersAsync(id));

        Assert.Equal("Your comment at Broadsheet: another look was taken", letter!.Subject);
        Assert.Contains("It advertises something.", letter.Body.Text().Flat(), StringComparison.Ordinal);
        Assert.Contains("Words that stay out.", letter.Body.Text().Flat(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_appeals_for_others_nor_for_what_waits_is_shown_or_was_deleted_by_its_writer()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var guest = site.NewReader();
        using var other = site.NewReader();
        var (path, id) = await CommentAsync(guest, "Mine alone.");
        using var held = await guest.GetAsync($"/discussion/appeal/?c={id}");
        Assert.Equal(HttpStatusCode.Conflict, held.StatusCode);
        await DecideAsync(mod, id, "trash", "");
        foreach (var address in new[] { $"/discussion/appeal/?c={id}", "/discussion/appeal/?c=99999999", "/discussion/appeal/?c=x", "/discussion/appeal/" })
        {
            using var no = await other.GetAsync(address);
            Assert.Equal(HttpStatusCode.NotFound, no.StatusCode);
        }
        using var long1 = await guest.PostAsync("/discussion/appeal/", [new("c", $"{id}"), new("words", new string('x', 2_001))]);
        Assert.Contains("2,001 characters; up to 2,000 fit", await long1.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var staff = await StaffClient.SignInAsync(site, Role.Reader);
        using var own = await staff.Browser.CommentAsync(path, "Then deleted.");
        var deleted = long.Parse(own.Headers.Location!.OriginalString.Split("#comment-")[1]);
        using var delete = await staff.Browser.PostAsync("/discussion/delete/", [new("c", $"{deleted}")]);
        using var gone = await staff.GetAsync($"/discussion/appeal/?c={deleted}");
        Assert.Equal(HttpStatusCode.Conflict, gone.StatusCode);
        Assert.Equal(0, await site.ReadAsync(db => db.Appeals.CountAsync(a => a.CommentId == deleted || a.CommentId == id)));
    }

    private async Task<List<Letter?>> LettersAsync(long comment)
    {
        var writer = site.App.Services.GetServices<IWriteLetters>().Single(w => w.Kind == MailKind.AppealAnswered);
        var decisions = await site.ReadAsync(db => db.Decisions.Where(d => d.CommentId == comment).Select(d => d.Id).ToListAsync());
        var mails = await site.ReadAsync(db => db.Mails.Where(m => m.Kind == MailKind.AppealAnswered && decisions.Contains(m.SubscriptionId)).ToListAsync());
        var letters = new List<Letter?>();
        foreach (var mail in mails) letters.Add(await writer.WriteAsync(mail, CancellationToken.None));
        return letters.FindAll(l => l is not null);
    }

    private static async Task DecideAsync(StaffClient mod, long id, string to, string reason)
    {
        using var answer = await mod.SubmitAsync($"/newsroom/comments/{id}/", [new("reason", reason)], ("one", $"{to}:{id}"), "form.queue");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    private Task<AppealState> StateAsync(long id) => site.ReadAsync(db => db.Appeals.Where(a => a.CommentId == id).Select(a => a.State).SingleAsync());

    private async Task<(string Path, long Id)> CommentAsync(ReaderClient guest, string words)
    {
        var article = await site.PublishAsync("Asked for another look");
        using var posted = await guest.CommentAsync(article.Path, words, "Ann", $"ann.{article.Id}@example.org", [new("wp-comment-cookies-consent", "yes")]);
        return (article.Path, long.Parse(posted.Headers.Location!.OriginalString.Split("#comment-")[1]));
    }

    public sealed class OnSqlite(SqliteSite site) : AppealTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : AppealTests(site), IClassFixture<PostgresSite>;
}
