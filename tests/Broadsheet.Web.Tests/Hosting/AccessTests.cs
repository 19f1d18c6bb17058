using System.Net;
using System.Text.RegularExpressions;
using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Hosting;

/// <summary>Every door of the program, tried by everyone: an action that nobody has put into the table here fails.</summary>
public abstract class AccessTests(BroadsheetSite site)
{
    /// <summary>What a member of staff needs for each action of the newsroom; null: being one.</summary>
    private static readonly (string Pattern, Permission? Needs)[] Newsroom =
    [
        ("GET /newsroom/", null),
        .. Desk("/newsroom/articles", Permission.WriteDrafts),
        .. Desk("/newsroom/pages", Permission.EditAny),
        ("GET /newsroom/articles/titles/", Permission.WriteDrafts),
        ("GET /newsroom/corrections/", Permission.WriteDrafts),
        ("POST /newsroom/corrections/{id:long}/", Permission.WriteDrafts),
        ("POST /newsroom/corrections/{id:long}/reopen/", Permission.WriteDrafts),
        ("GET /newsroom/articles/tags/", Permission.WriteDrafts),
        ("POST /newsroom/preview/", Permission.WriteDrafts),
        ("GET /newsroom/media/", Permission.UploadMedia),
        ("POST /newsroom/media/", Permission.UploadMedia),
        ("GET /newsroom/media/{id:long}/", Permission.UploadMedia),
        ("POST /newsroom/media/{id:long}/", Permission.UploadMedia),
        .. ((string[])["replace", "put-back/{file:long}", "trash", "restore"]).Select(d => ($"POST /newsroom/media/{{id:long}}/{d}/", (Permission?)Permission.UploadMedia)),
        ("POST /newsroom/media/pieces/", Permission.UploadMedia),
        .. ((string[])["HEAD", "PATCH", "DELETE"]).Select(m => ($"{m} /newsroom/media/pieces/{{key}}/", (Permission?)Permission.UploadMedia)),
        ("GET /newsroom/newsroom.webmanifest", null),
        ("GET /newsroom/outlets/", Permission.Curate),
        ("GET /newsroom/outlets/new/", Permission.Curate),
        ("POST /newsroom/outlets/new/", Permission.Curate),
        ("GET /newsroom/outlets/outlets.opml", Permission.Curate),
        ("GET /newsroom/outlets/import/", Permission.Curate),
        ("POST /newsroom/outlets/import/", Permission.Curate),
        ("GET /newsroom/outlets/{id:long}/", Permission.Curate),
        ("POST /newsroom/outlets/{id:long}/", Permission.Curate),
        .. ((string[])["poll", "pause", "resume", "delete", "restore"]).Select(d => ($"POST /newsroom/outlets/{{id:long}}/{d}/", (Permission?)Permission.Curate)),
        ("GET /newsroom/wire/", Permission.Curate),
        ("GET /newsroom/wire/nominate/", Permission.WriteDrafts),
        ("POST /newsroom/wire/nominate/", Permission.WriteDrafts),
        ("GET /newsroom/wire/{id:long}/", Permission.Curate),
        .. ((string[])["text", "republish", "dismiss", "snooze", "assign", "reopen"]).Select(d => ($"POST /newsroom/wire/{{id:long}}/{d}/", (Permission?)Permission.Curate)),
        ("GET /newsroom/wire/originals/", Permission.Curate),
        ("POST /newsroom/wire/originals/{id:long}/seen/", Permission.Curate),
        ("POST /newsroom/wire/originals/{id:long}/unseen/", Permission.Curate),
        ("GET /newsroom/appearance/", Permission.ChangeSettings),
        ("POST /newsroom/appearance/", Permission.ChangeSettings),
        ("GET /newsroom/import/", Permission.ChangeSettings),
        ("POST /newsroom/import/", Permission.ChangeSettings),
        ("GET /newsroom/import/{id}/", Permission.ChangeSettings),
        .. ((string[])["start", "stop", "forget"]).Select(d => ($"POST /newsroom/import/{{id}}/{d}/", (Permission?)Permission.ChangeSettings)),
        ("GET /newsroom/people/", Permission.ManagePeople),
        ("POST /newsroom/people/invite/", Permission.ManagePeople),
        ("POST /newsroom/people/withdraw/", Permission.ManagePeople),
        ("POST /newsroom/people/role/", Permission.ManagePeople),
        ("POST /newsroom/people/sign-out/", Permission.ManagePeople),
        ("GET /newsroom/settings/", Permission.ChangeSettings),
        ("POST /newsroom/settings/", Permission.ChangeSettings),
        ("GET /newsroom/settings/screening/", Permission.ChangeSettings),
        ("POST /newsroom/settings/screening/", Permission.ChangeSettings),
        ("POST /newsroom/settings/screening/try/", Permission.ChangeSettings),
        ("GET /newsroom/comments/", Permission.Moderate),
        ("POST /newsroom/comments/", Permission.Moderate),
        ("POST /newsroom/comments/undo/", Permission.Moderate),
        ("GET /newsroom/comments/{id:long}/", Permission.Moderate),
        ("GET /newsroom/comments/state/", Permission.Moderate),
        ("GET /newsroom/comments/live/", Permission.Moderate),
        ("GET /newsroom/comments/all/", Permission.Moderate),
        ("POST /newsroom/comments/all/", Permission.Moderate),
        ("GET /newsroom/comments/runs/{id:long}/", Permission.Moderate),
        ("POST /newsroom/comments/runs/{id:long}/stop/", Permission.Moderate),
        ("POST /newsroom/comments/runs/{id:long}/undo/", Permission.Moderate),
        ("GET /newsroom/comments/log/", Permission.Moderate),
        ("POST /newsroom/comments/mail/", Permission.Moderate),
        ("GET /newsroom/comments/bans/", Permission.Moderate),
        ("POST /newsroom/comments/bans/", Permission.Moderate),
        ("POST /newsroom/comments/bans/lift/", Permission.Moderate),
        ("POST /newsroom/comments/bans/again/", Permission.Moderate),
        ("GET /newsroom/comments/people/{id:long}/", Permission.Moderate),
        ("POST /newsroom/comments/people/{id:long}/warn/", Permission.Moderate),
        ("POST /newsroom/comments/people/{id:long}/note/", Permission.Moderate),
        ("POST /newsroom/comments/people/{id:long}/trust/", Permission.Moderate),
        ("GET /newsroom/comments/notices/", Permission.Moderate),
        ("GET /newsroom/comments/notices.csv", Permission.Moderate),
        ("GET /newsroom/comments/notices/{id:long}/", Permission.Moderate),
        ("POST /newsroom/comments/notices/{id:long}/", Permission.Moderate),
        ("GET /newsroom/comments/log.csv", Permission.Moderate),
        ("GET /newsroom/comments/load/", Permission.Moderate),
        ("GET /newsroom/categories/", Permission.ManageTerms),
        ("POST /newsroom/categories/", Permission.ManageTerms),
        ("GET /newsroom/categories/{id:long}/", Permission.ManageTerms),
        ("POST /newsroom/categories/{id:long}/", Permission.ManageTerms),
        ("POST /newsroom/categories/{id:long}/merge/", Permission.ManageTerms),
        ("POST /newsroom/categories/{id:long}/delete/", Permission.ManageTerms),
        ("GET /newsroom/tags/", Permission.ManageTerms),
        ("POST /newsroom/tags/", Permission.ManageTerms),
        ("GET /newsroom/tags/{id:long}/", Permission.ManageTerms),
        ("POST /newsroom/tags/{id:long}/", Permission.ManageTerms),
        ("POST /newsroom/tags/{id:long}/merge/", Permission.ManageTerms),
        ("POST /newsroom/tags/{id:long}/delete/", Permission.ManageTerms),
        ("GET /newsroom/running/", Permission.ChangeSettings),
        ("POST /newsroom/running/retry/", Permission.ChangeSettings),
        ("POST /newsroom/running/drop/", Permission.ChangeSettings),
        ("POST /newsroom/running/mail/retry/", Permission.ChangeSettings),
        ("POST /newsroom/running/mail/test/", Permission.ChangeSettings),
        ("GET /newsroom/running/log/", Permission.ChangeSettings),
        ("GET /newsroom/running/log.csv", Permission.ChangeSettings),
        ("GET /newsroom/menu/", Permission.ChangeSettings),
        ("POST /newsroom/menu/", Permission.ChangeSettings),
        ("GET /newsroom/redirects/", Permission.EditAny),
        ("POST /newsroom/redirects/", Permission.EditAny),
        ("POST /newsroom/redirects/delete/", Permission.EditAny),
        ("POST /newsroom/redirects/forget/", Permission.EditAny),
        ("GET /newsroom/statistics/", Permission.WriteDrafts),
        ("GET /newsroom/statistics/table.csv", Permission.WriteDrafts),
    ];

    [Fact]
    public void Every_action_of_the_newsroom_is_in_the_table() =>
        Assert.Equal(Newsroom.Select(n => n.Pattern).Order(StringComparer.Ordinal), Doors().Where(d => d.Contains(" /newsroom", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(null)]
    [InlineData(Role.Reader)]
    [InlineData(Role.Contributor)]
    [InlineData(Role.Author)]
    [InlineData(Role.Editor)]
    [InlineData(Role.Moderator)]
    [InlineData(Role.Administrator)]
    public async Task Each_role_comes_through_its_doors_and_no_other(Role? role)
    {
        using var client = role is { } given ? await StaffClient.SignInAsync(site, given) : await StaffClient.AddAsync(site, Role.Reader);
        var wrong = new List<string>();
        foreach (var (pattern, needs) in Newsroom)
        {
            var (method, path) = (pattern.Split(' ')[0], PathOf(pattern));
            using var answer = await client.Browser.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = method == "POST" ? new FormUrlEncodedContent([]) : null }, HttpCompletionOption.ResponseHeadersRead);
            var isRead = method == "GET";
            var isRight = role?.IsStaff() != true ? answer.StatusCode == (isRead ? HttpStatusCode.Found : role is null ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden)
                : needs is { } permission && !role.Value.May(permission) ? answer.StatusCode == HttpStatusCode.Forbidden
                // Through the door: what is there, what is not there; a form without its token gets no further.
                : isRead ? answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound
                // Reads without a form: the tus protocol asks for its version.
                : method == "HEAD" ? answer.StatusCode == HttpStatusCode.PreconditionFailed
                : answer.StatusCode == HttpStatusCode.BadRequest;
            if (!isRight) wrong.Add($"{role?.ToString() ?? "nobody"}: {pattern} answered {(int)answer.StatusCode}");
        }
        Assert.Empty(wrong);
    }

    /// <summary>Posted from public pages, which are everyone's and carry no token; <see cref="No_write_is_taken_from_another_site"/> holds for them, too.</summary>
    private static readonly string[] WithoutToken = ["POST /account/sign-in/from/", "POST /account/sign-out/from/"];

    [Fact]
    public async Task Every_form_of_accounts_newsroom_and_setup_wants_its_token()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        using var guest = site.NewReader();
        var wrong = new List<string>();
        var forms = Doors().Where(d => Regex.IsMatch(d, "^(?!GET|HEAD)[A-Z]+ /(account|newsroom|setup)/") && !WithoutToken.Contains(d)).ToList();
        Assert.True(forms.Count > 40, $"{forms.Count} forms");
        foreach (var door in forms)
        {
            using var answer = await SendFormAsync(admin.Browser, door, [new("__RequestVerificationToken", "made up")]);
            if (answer.StatusCode != HttpStatusCode.BadRequest) wrong.Add($"{door} answered {(int)answer.StatusCode}");
            using var early = await SendFormAsync(guest, door, []);
            // A guest is refused, or led to the sign-in page.
            if (early.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized) && early.Headers.Location?.OriginalString.StartsWith("/account/sign-in/?returnUrl=", StringComparison.Ordinal) != true) wrong.Add($"{door} answered a guest {(int)early.StatusCode}");
        }
        Assert.Empty(wrong);
    }

    /// <summary>An account's pages are kept by no browser and no cache: on a shared computer, Back shows nothing after signing out.</summary>
    [Fact]
    public async Task No_page_behind_a_sign_in_is_kept()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        var wrong = new List<string>();
        foreach (var door in Doors().Where(d => Regex.IsMatch(d, "^GET /(account|newsroom|setup)/")))
        {
            using var answer = await admin.Browser.Http.GetAsync(new Uri(PathOf(door), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            if (answer.Headers.CacheControl is not { NoStore: true, Private: true }) wrong.Add($"{door}: {answer.Headers.CacheControl}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task No_write_is_taken_from_another_site()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        var wrong = new List<string>();
        // RFC 8058: a mail program ends a subscription from wherever it is; the sealed token in the address is its right to.
        var writes = Doors().Where(d => d != "POST /follow/end/{token}/" && !d.StartsWith("GET ", StringComparison.Ordinal) && !d.StartsWith("HEAD ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(writes);
        foreach (var door in writes)
            foreach (var (name, value) in ((string, string)[])[("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example")])
            {
                using var foreign = new HttpRequestMessage(new HttpMethod(door.Split(' ')[0]), new Uri(site.Url, PathOf(door))) { Content = new FormUrlEncodedContent([]) };
                foreign.Headers.Add(name, value);
                foreign.Headers.Add("Cookie", admin.Browser.Cookies.GetCookieHeader(site.Url));
                using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
                using var answer = await http.SendAsync(foreign);
                if (answer.StatusCode != HttpStatusCode.Forbidden) wrong.Add($"{door} with {name}: {value} answered {(int)answer.StatusCode}");
            }
        Assert.Empty(wrong);
    }

    private static IEnumerable<(string, Permission?)> Desk(string prefix, Permission needs) =>
        ((string[])["GET {0}/", "GET {0}/new/", "POST {0}/new/", "GET {0}/{{id:long}}/", "POST {0}/{{id:long}}/", "POST {0}/{{id:long}}/trash/", "POST {0}/{{id:long}}/restore/", "POST {0}/{{id:long}}/breaking/", "GET {0}/{{id:long}}/revisions/", "GET {0}/{{id:long}}/revisions/{{revision:long}}/", "POST {0}/{{id:long}}/revisions/{{revision:long}}/",
            "POST {0}/new/autosave/", "POST {0}/new/autosave/discard/", "POST {0}/{{id:long}}/autosave/", "POST {0}/{{id:long}}/autosave/discard/", "POST {0}/{{id:long}}/take-over/", "POST {0}/bulk/", "POST {0}/bulk/undo/", "POST {0}/{{id:long}}/notes/", "POST {0}/{{id:long}}/notes/remove/", "POST {0}/{{id:long}}/previews/", "POST {0}/{{id:long}}/previews/revoke/"])
            .Select(p => (string.Format(System.Globalization.CultureInfo.InvariantCulture, p, prefix), (Permission?)needs));

    /// <summary>Few forms are sent otherwise than by POST; a script does that.</summary>
    private static async Task<HttpResponseMessage> SendFormAsync(ReaderClient who, string door, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var request = new HttpRequestMessage(new HttpMethod(door.Split(' ')[0]), new Uri(PathOf(door), UriKind.Relative)) { Content = new FormUrlEncodedContent(fields) };
        return await who.Http.SendAsync(request);
    }

    private List<string> Doors() => [.. site.App.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["POST"]).Select(m => $"{m} {(e.RoutePattern.RawText!.StartsWith('/') ? "" : "/")}{e.RoutePattern.RawText}")).Distinct(StringComparer.Ordinal)];

    /// <summary>A door of the pattern; what its places name is not there.</summary>
    private static string PathOf(string door) => Regex.Replace(door[(door.IndexOf(' ', StringComparison.Ordinal) + 1)..], @"\{\*?\*?(\w+)[^}]*\}", m => m.Groups[1].Value is "id" or "revision" or "file" or "n" ? "999999999" : "nothing");

    public sealed class OnSqlite(SqliteSite site) : AccessTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : AccessTests(site), IClassFixture<PostgresSite>;
}
