using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Hosting;

/// <summary>Every door that is told where to lead back to, told to lead to another site. A file of the program that reads such an address and is not in the table fails.</summary>
public abstract class WayBackTests(BroadsheetSite site)
{
    private const string Password = "four plain words here";

    private static readonly string[] Hostile =
    [
        "https://evil.example/", "//evil.example/", "///evil.example/", "/\\evil.example/", "\\\\evil.example/", "\\/evil.example/", "https:evil.example", "https:/evil.example",
        "/\t/evil.example/", "\t//evil.example/", " //evil.example/", "/\r\nLocation: https://evil.example/", "/\0/evil.example/", "%2f%2fevil.example/", "/%2fevil.example/", "/%5cevil.example/",
        "//site@evil.example/", "https://site@evil.example/", "javascript:alert('evil')", "data:text/html,evil", "/／evil.example/",
    ];

    /// <summary>Where the program reads such an address, and the doors below that lead there.</summary>
    private static readonly Dictionary<string, string[]> Readers = new(StringComparer.Ordinal)
    {
        ["SignInWithPassword.cs"] = ["POST /account/sign-in/", "GET /account/sign-in/", "GET /account/sign-in/ signed in"],
        ["AskForMail.cs"] = ["POST /account/sign-in/mail/"],
        ["SignInWithPasskey.cs"] = ["POST /account/sign-in/passkey/"],
        ["StartWithProvider.cs"] = ["GET /account/sign-in/with/github/", "POST /account/sign-in/with/github/"],
        ["SignInWithMastodon.cs"] = ["GET /account/sign-in/with/mastodon/", "POST /account/sign-in/with/mastodon/"],
        ["WordPressDoors.cs"] = ["GET /wp-login.php", "POST /wp-login.php", "POST /wp-login.php by Referer"],
        ["ShowLikes.cs"] = ["POST /discussion/likes/show/"],
        ["MuteAuthor.cs"] = ["POST /discussion/mute/"],
        ["PostComment.cs"] = ["POST /wp-comments-post.php"],
        ["DecideComments.cs"] = ["POST /newsroom/comments/", "POST /newsroom/comments/undo/"],
        ["DecideStory.cs"] = ["POST /newsroom/wire/7/dismiss/", "POST /newsroom/wire/7/snooze/", "POST /newsroom/wire/7/assign/", "POST /newsroom/wire/7/reopen/"],
        ["BulkArticles.cs"] = ["POST /newsroom/articles/bulk/", "POST /newsroom/articles/bulk/undo/", "POST /newsroom/pages/bulk/"],
    };

    /// <summary>One site and one session for all doors.</summary>
    [Fact]
    public async Task No_door_leads_to_another_site()
    {
        await site.StopAsync();
        await site.StartAsync("--SignIn:GitHub:ClientId=id", "--SignIn:GitHub:ClientSecret=secret", "--SignIn:Mastodon:Enabled=true", "--Hosting:PublicUrl=https://lantern.example");
        using var ann = await StaffClient.SignInAsync(site, Role.Administrator, Password);
        var (article, asked) = (await site.PublishAsync("Ways back"), 0);
        using var guest = new StaffClient(site, ann.Id, ann.Email);
        var signIn = await guest.OpenAsync("/account/sign-in/");
        var token = (await ann.OpenAsync("/newsroom/comments/")).QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var wrong = new List<string>();
        foreach (var door in Readers.Values.SelectMany(d => d))
        {
            foreach (var hostile in Hostile)
            {
                using var answer = await OpenAsync(door, hostile);
                // 502: a machine too busy to set out for GitHub in time; its page leads back, too.
                if ((int)answer.StatusCode is not (< 400 or 400 or 403 or 502)) wrong.Add($"{door} {hostile}: {(int)answer.StatusCode}");
                wrong.AddRange((await TargetsAsync(answer)).Where(LeadsAway).Select(t => $"{door} {hostile}: {t}"));
            }
            // What is harmless is followed: else nothing was tried.
            var harmless = door.Contains("/newsroom/", StringComparison.Ordinal) ? "/newsroom/comments/?a=b" : "/somewhere/?a=b";
            using var led = await OpenAsync(door, harmless);
            if (!(await TargetsAsync(led)).Any(t => t.Contains(harmless, StringComparison.Ordinal))) wrong.Add($"{door} does not lead to {harmless}");
        }
        Assert.Empty(wrong);

        async Task<HttpResponseMessage> OpenAsync(string door, string back)
        {
            var query = $"?returnUrl={Uri.EscapeDataString(back)}&redirect_to={Uri.EscapeDataString(back)}";
            switch (door)
            {
                case "GET /account/sign-in/": return await guest.GetAsync($"/account/sign-in/{query}");
                case "GET /account/sign-in/ signed in": return await ann.GetAsync($"/account/sign-in/{query}");
                case "POST /account/sign-in/":
                    using (var fresh = new StaffClient(site, ann.Id, ann.Email)) return await fresh.SubmitAsync("/account/sign-in/", [new("email", ann.Email), new("password", Password), new("returnUrl", back)], form: "form[action='/account/sign-in/']");
                case "POST /account/sign-in/passkey/": return await guest.SendAsync((IHtmlFormElement)signIn.QuerySelector("form[action='/account/sign-in/passkey/']")!, "", [new("returnUrl", back), new("credential", "{}")]);
                case "POST /account/sign-in/mail/":
                    using (await guest.SendAsync((IHtmlFormElement)signIn.QuerySelector("form[action='/account/sign-in/mail/']")!, "", [new("email", $"asks{asked++}@example.org"), new("returnUrl", back)])) { }
                    return Said(await site.ReadAsync(db => db.SignInRequests.OrderByDescending(r => r.Id).Select(r => r.ReturnUrl).FirstAsync()));
                case "GET /account/sign-in/with/github/" or "GET /account/sign-in/with/mastodon/": return await guest.GetAsync($"{door[4..]}{query}");
                case "POST /account/sign-in/with/github/" or "POST /account/sign-in/with/mastodon/": return await guest.Browser.PostAsync(door[5..], [new("returnUrl", back)]);
                case "GET /wp-login.php": return await guest.GetAsync($"/wp-login.php{query}");
                case "POST /wp-login.php": return await guest.Browser.PostAsync("/wp-login.php?action=postpass", [new("post_password", "x"), new("redirect_to", back)]);
                case "POST /wp-login.php by Referer":
                    using (var refer = new HttpRequestMessage(HttpMethod.Post, "/wp-login.php?action=postpass") { Content = new FormUrlEncodedContent([new("post_password", "x")]) })
                    {
                        // Of this site, with the way back for a path: the rest of what may stand in a header.
                        refer.Headers.TryAddWithoutValidation("Referer", $"{site.Url.GetLeftPart(UriPartial.Authority)}{(back[0] == '/' ? "" : "/")}{string.Concat(back.Where(c => c is > ' ' and < (char)127))}");
                        return await guest.Browser.Http.SendAsync(refer);
                    }
                case "POST /discussion/likes/show/": return await ann.Browser.PostAsync("/discussion/likes/show/", [new("back", back)]);
                case "POST /discussion/mute/": return await ann.Browser.PostAsync("/discussion/mute/", [new("unmute", "nobody"), new("back", back)]);
                case "POST /wp-comments-post.php": return await ann.Browser.CommentAsync(article.Path, $"Words number {asked++}.", more: [new("redirect_to", back)]);
                default:
                    return await ann.Browser.PostAsync(door[5..], [new("__RequestVerificationToken", token), new("back", back)]);
            }
        }
    }

    [Fact]
    public async Task No_page_leads_to_another_site_whatever_it_is_asked_by()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Administrator);
        var pages = site.App.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(e => Regex.Replace($"/{e.RoutePattern.RawText!.TrimStart('/')}", @"\{[^}]*\}", "7")).Distinct(StringComparer.Ordinal).ToList();
        var wrong = new List<string>();
        foreach (var page in pages)
            foreach (var hostile in new[] { "//evil.example/", "/\\evil.example/", "https:evil.example" })
            {
                var value = Uri.EscapeDataString(hostile);
                using var time = new CancellationTokenSource(TimeSpan.FromSeconds(20));
                using var answer = await ann.Browser.Http.GetAsync(new Uri($"{page}?returnUrl={value}&redirect_to={value}&back={value}&return={value}&next={value}&url={value}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, time.Token);
                if (answer.Headers.Location is { } location && LeadsAway(location.OriginalString)) wrong.Add($"{page}: {location}");
            }
        Assert.True(pages.Count > 40);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_file_that_reads_a_way_back_is_in_the_table_and_looks_at_it()
    {
        var read = new Regex("""(?:Form|Query|form)\??\["(?:returnUrl|redirect_to|back|return|next|continue)"\]""", RegexOptions.None, TimeSpan.FromSeconds(1));
        var found = Directory.EnumerateFiles(Source(), "*.cs", SearchOption.AllDirectories).Select(f => (Name: Path.GetFileName(f), Text: File.ReadAllText(f))).Where(f => read.IsMatch(f.Text)).ToList();
        Assert.Equal(Readers.Keys.Order(StringComparer.Ordinal), found.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.All(found, f => Assert.All(read.Matches(f.Text), m =>
            Assert.Matches(@"LocalAddress\.Of\((http\.Request\.|s\.)?$", f.Text[..m.Index])));
    }

    private static HttpResponseMessage Said(string location)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.Found);
        if (location.Length > 0) answer.Headers.Location = new Uri(location, UriKind.Relative);
        return answer;
    }

    /// <summary>All that an answer would have a browser follow, or give back to us as a way to follow.</summary>
    private static async Task<List<string>> TargetsAsync(HttpResponseMessage answer)
    {
        var targets = new List<string>();
        if (answer.Headers.TryGetValues("Location", out var locations)) targets.AddRange(locations);
        if (answer.Content.Headers.ContentType?.MediaType == "text/html")
        {
            var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
            targets.AddRange(page.QuerySelectorAll("main a[href]").Select(a => a.GetAttribute("href")!));
            targets.AddRange(page.QuerySelectorAll("main form[action]").Select(f => f.GetAttribute("action")!));
            targets.AddRange(page.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Where(i => i.Name is "returnUrl" or "redirect_to" or "back").Select(i => i.Value));
        }
        // What leads to the sign-in page has the way back inside.
        targets.AddRange(targets.Select(t => Regex.Match(t, "[?&]returnUrl=([^&#]*)")).Where(m => m.Success).Select(m => Uri.UnescapeDataString(m.Groups[1].Value)).ToList());
        return targets;
    }

    /// <summary>As a browser reads it.</summary>
    private bool LeadsAway(string target)
    {
        var url = new Url(new Url(site.Url.AbsoluteUri), target);
        return url.HostName?.Contains("evil", StringComparison.Ordinal) == true || url.Scheme is not ("http" or "https") || target.Any(char.IsControl);
    }

    /// <summary>The folder of the program's text.</summary>
    private static string Source()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "src", "Broadsheet.Web") is var source && Directory.Exists(source)) return source;
        throw new InvalidOperationException($"Above {AppContext.BaseDirectory} there is no src/Broadsheet.Web.");
    }

    public sealed class OnSqlite(SqliteSite site) : WayBackTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : WayBackTests(site), IClassFixture<PostgresSite>;
}
