using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.SignIn;

/// <summary>Fifty guesses a second at one account, from everywhere; the proxy in front is trusted, so that each comes from a network of its own.</summary>
public abstract class GuessingTests(BroadsheetSite site) : IAsyncLifetime
{
    private const string Password = "four plain words here";
    private const int Guesses = 100;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    public async ValueTask InitializeAsync()
    {
        await site.StopAsync();
        await site.StartAsync("--Hosting:TrustedProxies=127.0.0.0/8");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task They_change_nothing_for_its_owner()
    {
        var article = await site.PublishAsync("Under way");
        using var ann = Owner(await StaffClient.AddAsync(site, Role.Editor, Password), "198.51.100.7");
        using (await ann.SubmitAsync("/account/sign-in/", [new("email", ann.Email), new("password", Password)])) { }
        using var home = Owner(new StaffClient(site, ann.Id, ann.Email), "198.51.100.8");
        using (await home.SubmitAsync("/account/sign-in/", [new("email", ann.Email), new("password", Password)])) { }
        using (await home.SubmitAsync("/account/", [], form: "form[action='/account/sign-out/']")) { }
        var before = await SeesAsync(ann, article.Path);

        var (guesses, during) = await AttackAsync(ann, article.Path);

        // Some were looked at and were wrong; the rest had to wait.
        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.TooManyRequests], guesses.Distinct().Order());
        Assert.All(during, seen => Assert.Equal(before, seen));
        // The owner is told, once, however many had to wait.
        await Eventually.SeesAsync(() => Task.FromResult(Told(ann) > 0));
        // In a browser that was signed out of, the password works on.
        using var known = await home.SubmitAsync("/account/sign-in/", [new("email", ann.Email), new("password", Password)]);
        Assert.Equal("/newsroom/", known.Headers.Location?.OriginalString);
        // In one that nobody knows, a mailed code does.
        using var fresh = Owner(new StaffClient(site, ann.Id, ann.Email), "198.51.100.9");
        using var strange = await fresh.SubmitAsync("/account/sign-in/", [new("email", ann.Email), new("password", Password)]);
        Assert.Equal(HttpStatusCode.TooManyRequests, strange.StatusCode);
        using (await fresh.SubmitAsync("/account/sign-in/", [new("email", ann.Email)], form: "form[action='/account/sign-in/mail/']")) { }
        await Eventually.SeesAsync(() => Task.FromResult(Codes(ann).Count > 0));
        using var coded = await fresh.SubmitAsync("/account/sign-in/code/", [new("code", Codes(ann)[^1])]);
        Assert.Equal("/newsroom/", coded.Headers.Location?.OriginalString);
        Assert.Equal(1, Told(ann));
    }

    private int Told(StaffClient person) => new MailBox(site).To(person.Email).Count(m => m.Subject!.StartsWith("Wrong passwords were tried", StringComparison.Ordinal));

    private async Task<(HttpStatusCode[] Guesses, List<string> During)> AttackAsync(StaffClient owner, string article)
    {
        using var guesser = await StaffClient.AddAsync(site, Role.Reader);
        var form = (IHtmlFormElement)(await guesser.OpenAsync("/account/sign-in/")).QuerySelector("main form")!;
        var token = form.Elements.OfType<IHtmlInputElement>().Single(i => i.Name == "__RequestVerificationToken").Value;
        var begun = Stopwatch.GetTimestamp();
        using var done = new CancellationTokenSource();
        var owning = OwnAsync(owner, article, done.Token);
        var guesses = await Task.WhenAll(Enumerable.Range(0, Guesses).Select(async i =>
        {
            var at = (Duration * i / Guesses) - Stopwatch.GetElapsedTime(begun);
            if (at > TimeSpan.Zero) await Task.Delay(at);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/account/sign-in/") { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("email", owner.Email), new("password", $"guess {i}")]) };
            request.Headers.Add("X-Forwarded-For", $"203.0.{i}.1");
            using var answer = await guesser.Browser.Http.SendAsync(request);
            return answer.StatusCode;
        }));
        await done.CancelAsync();
        return (guesses, await owning);
    }

    /// <summary>Goes on as if nothing were, and notes what they see.</summary>
    private static async Task<List<string>> OwnAsync(StaffClient owner, string article, CancellationToken done)
    {
        var seen = new List<string>();
        while (!done.IsCancellationRequested || seen.Count < 3) seen.Add(await SeesAsync(owner, article));
        return seen;
    }

    private static async Task<string> SeesAsync(StaffClient owner, string article)
    {
        using var desk = await owner.GetAsync("/newsroom/");
        using var account = await owner.GetAsync("/account/");
        return $"{(int)desk.StatusCode} {(int)account.StatusCode} {Regex.Replace(await owner.Browser.ReadAsync($"/wp-json/broadsheet/v1/me?at={Uri.EscapeDataString(article)}"), "\"now\":\\d+", "")}";
    }

    private List<string> Codes(StaffClient owner) => [.. new MailBox(site).To(owner.Email).Select(m => Regex.Match(m.TextBody!, @"\b\d{4} \d{4}\b").Value).Where(c => c.Length > 0)];

    private static StaffClient Owner(StaffClient client, string from)
    {
        client.Browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        return client;
    }

    public sealed class OnSqlite(SqliteSite site) : GuessingTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : GuessingTests(site), IClassFixture<PostgresSite>;
}
