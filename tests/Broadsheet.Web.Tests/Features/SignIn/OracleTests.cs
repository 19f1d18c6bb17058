using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.SignIn;

/// <summary>No door tells who has an account: not by what it says, and not by how long it takes to say it.</summary>
public abstract class OracleTests(BroadsheetSite site) : IAsyncLifetime
{
    private const string Password = "four plain words here";
    private const int Rounds = 7;

    /// <summary>Of two medians. Before refusals waited, one who came from WordPress was six times as slow as nobody.</summary>
    private const double Alike = 1.7;

    /// <summary>On a busy machine a measurement may fail; one that finds a difference finds it each time.</summary>
    private const int Measurements = 3;

    public async ValueTask InitializeAsync() => await site.SetAsync(p => p with { NewAccounts = false });

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_wrong_password_takes_as_long_whoever_has_the_address()
    {
        using var guesser = await StaffClient.AddAsync(site, Role.Reader);
        using var ann = await StaffClient.AddAsync(site, Role.Reader, Password);
        using var moved = await MovedAsync();
        var form = await FormAsync(guesser, "/account/sign-in/");
        string[] whom = ["nobody@example.org", ann.Email, moved.Email];

        await AssertAlikeAsync(async () =>
        {
            var (times, answers) = await TryAsync(whom, email => guesser.SendAsync(form, "", [new("email", email), new("password", "something else")]), together: true);
            Assert.Single(answers.Distinct(StringComparer.Ordinal));
            Assert.StartsWith("Forbidden", answers[0], StringComparison.Ordinal);
            return times;
        });
    }

    [Fact]
    public async Task A_mailed_code_is_asked_for_as_fast_and_refused_in_the_same_words_whether_it_was_sent()
    {
        using var asker = await StaffClient.AddAsync(site, Role.Reader);
        var known = new List<string>();
        for (var i = 0; i < Measurements * (Rounds + 1) + 1; i++)
        {
            using var person = await StaffClient.AddAsync(site, Role.Reader);
            known.Add(person.Email);
        }
        var form = await FormAsync(asker, "/account/sign-in/", "form[action='/account/sign-in/mail/']");
        var n = 0;
        await AssertAlikeAsync(async () =>
        {
            var (times, answers) = await TryAsync(["known", "unknown"], kind => asker.SendAsync(form, "", [new("email", kind == "known" ? known[++n] : $"nobody{n}@example.org")]));
            Assert.Single(answers.Distinct(StringComparer.Ordinal));
            return times;
        });

        // Codes are tried until there are no more tries, and once beyond.
        var tried = new List<List<string>>();
        foreach (var email in new[] { known[0], "nobody@example.org" })
        {
            using (await asker.SendAsync(form, "", [new("email", email)])) { }
            var codes = await FormAsync(asker, "/account/sign-in/code/");
            tried.Add([]);
            for (var i = 0; i < SignInLedger.MostTries + 2; i++)
            {
                using var answer = await asker.SendAsync(codes, "", [new("code", $"{i:D8}")]);
                tried[^1].Add(await WordsAsync(answer, ""));
            }
        }
        Assert.Equal(tried[0], tried[1]);
        Assert.Equal(2, tried[0].Distinct(StringComparer.Ordinal).Count());
        Assert.False(await site.ReadAsync(db => db.Mails.AnyAsync(m => m.Kind == MailKind.SignIn && m.Email.StartsWith("nobody") && m.State != MailState.Skipped)));
    }

    [Fact]
    public async Task Following_and_writing_as_a_guest_tell_nothing_of_an_address()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Reader, Password);
        var article = await site.PublishAsync("No oracle");
        var answers = new List<string>();
        foreach (var email in new[] { ann.Email, "nobody@example.org" })
        {
            using var reader = site.NewReader();
            using var followed = await reader.PostAsync("/follow/", [new("email", email), new("article", $"{article.Id}")]);
            using var written = await reader.CommentAsync(article.Path, $"Words of {(email == ann.Email ? "one" : "another")}.", "Ida Guest", email);
            answers.Add($"{followed.StatusCode} {followed.Headers.Location} {written.StatusCode} {Regex.Replace(written.Headers.Location!.OriginalString, @"unapproved=\d+|moderation-hash=[\w-]+|comment-\d+", "")}");
        }
        Assert.Single(answers.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Passkeys_are_asked_for_without_a_name_and_made_up_links_are_all_the_same()
    {
        using var reader = await StaffClient.AddAsync(site, Role.Reader);
        var form = await FormAsync(reader, "/account/sign-in/");
        using var options = await reader.Browser.PostAsync("/account/sign-in/passkey/options/", [new("__RequestVerificationToken", TokenOf(form)), new("username", reader.Email), new("email", reader.Email)]);
        Assert.Equal(HttpStatusCode.OK, options.StatusCode);
        Assert.DoesNotContain("\"id\"", await options.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        foreach (var door in new[] { "link", "mail" })
        {
            using var gone = await reader.GetAsync($"/account/sign-in/{door}/made-up/");
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }
        using var invitation = await reader.GetAsync("/account/invitation/made-up/");
        Assert.Equal(HttpStatusCode.NotFound, invitation.StatusCode);
    }

    /// <summary>Tries each again and again, so that a busy moment meets all alike.</summary>
    /// <param name="together">Those that wait more than they work; else one after the other.</param>
    private static async Task<(Dictionary<string, double> Medians, List<string> Answers)> TryAsync(string[] whom, Func<string, Task<HttpResponseMessage>> send, bool together = false)
    {
        var (times, answers) = (whom.ToDictionary(w => w, _ => new List<double>(), StringComparer.Ordinal), new List<string>());
        // The first round only warms up.
        for (var round = 0; round <= Rounds; round++)
        {
            var tries = whom.Select(async who => { await Task.Yield(); return (Who: who, Try: await TimedAsync(who)); });
            var tried = new List<(string Who, (double Took, string Words) Try)>();
            if (together) tried.AddRange(await Task.WhenAll(tries));
            else foreach (var one in tries) tried.Add(await one);
            answers.AddRange(tried.Select(t => t.Try.Words));
            if (round > 0) foreach (var (who, (took, _)) in tried) times[who].Add(took);
        }
        return (times.ToDictionary(t => t.Key, t => t.Value.Order().ElementAt(Rounds / 2), StringComparer.Ordinal), answers);

        async Task<(double Took, string Words)> TimedAsync(string who)
        {
            var begun = Stopwatch.GetTimestamp();
            using var answer = await send(who);
            return (Stopwatch.GetElapsedTime(begun).TotalMilliseconds, await WordsAsync(answer, who));
        }
    }

    private static async Task AssertAlikeAsync(Func<Task<Dictionary<string, double>>> measure)
    {
        var measured = new List<string>();
        for (var i = 0; i < Measurements; i++)
        {
            var medians = await measure();
            if (medians.Values.Max() / medians.Values.Min() < Alike) return;
            measured.Add(string.Join(", ", medians.Select(m => $"{m.Key}: {m.Value:0.0} ms")));
        }
        Assert.Fail(string.Join("; ", measured));
    }

    /// <summary>All that an answer says, but for what differs from one to the next.</summary>
    private static async Task<string> WordsAsync(HttpResponseMessage answer, string email) =>
        $"{answer.StatusCode} {answer.Headers.Location} {Regex.Replace(await answer.Content.ReadAsStringAsync(), "<input[^>]*__RequestVerificationToken[^>]*>", "").Replace(email.Length > 0 ? email : "\0", "", StringComparison.Ordinal)}";

    private static async Task<IHtmlFormElement> FormAsync(StaffClient client, string page, string form = "main form[method=post]") => (IHtmlFormElement)(await client.OpenAsync(page)).QuerySelector(form)!;

    private static string TokenOf(IHtmlFormElement form) => form.Elements.OfType<IHtmlInputElement>().Single(i => i.Name == "__RequestVerificationToken").Value;

    /// <summary>Somebody who came from WordPress with their password, and has not signed in since.</summary>
    private async Task<StaffClient> MovedAsync()
    {
        var client = await StaffClient.AddAsync(site, Role.Reader);
        var hash = BCrypt.Net.BCrypt.HashPassword(Password, 10).Replace("$2a$", "$2y$", StringComparison.Ordinal);
        await site.Writes.RunAsync(async (scope, ct) => { (await scope.Db.Users.AsTracking().SingleAsync(p => p.Id == client.Id, ct)).PasswordHash = hash; }, CancellationToken.None);
        return client;
    }

    public sealed class OnSqlite(SqliteSite site) : OracleTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : OracleTests(site), IClassFixture<PostgresSite>;
}
