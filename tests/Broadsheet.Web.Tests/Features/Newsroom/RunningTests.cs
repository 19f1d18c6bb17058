using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Newsroom;

public abstract class RunningTests(BroadsheetSite site)
{
    [Fact]
    public async Task Work_that_was_given_up_is_tried_again_or_let_go()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        var (first, second) = (await ParkAsync("no such job"), await ParkAsync("nor such a job"));
        var page = await admin.OpenAsync("/newsroom/running/");
        Assert.Contains("no such job", page.Body!.TextContent, StringComparison.Ordinal);
        using var dropped = await admin.SubmitAsync("/newsroom/running/", [new("id", $"{second}")], form: $"form:has([name=id][value='{second}'])", button: null);
        Assert.Equal(HttpStatusCode.Found, dropped.StatusCode);
        Assert.False((await site.ReadAsync(db => db.Outbox.SingleAsync(o => o.Id == second))).Parked);
        await ParkAgainAsync(second);
        using var gone = await PostAsync(admin, "/newsroom/running/drop/", ("id", $"{second}"));
        Assert.False(await site.ReadAsync(db => db.Outbox.AnyAsync(o => o.Id == second)));
        using var tried = await PostAsync(admin, "/newsroom/running/retry/", ("id", $"{first}"));
        var row = await site.ReadAsync(db => db.Outbox.SingleAsync(o => o.Id == first));
        Assert.False(row.Parked);
        await site.Writes.RunAsync((scope, ct) => scope.Db.Outbox.Where(o => o.Id == first).ExecuteDeleteAsync(ct), CancellationToken.None);
        var log = await admin.OpenAsync("/newsroom/running/log/?subject=jobs");
        Assert.Contains("nor such a job", log.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_mail_leaves_at_once_and_a_wrong_address_is_told()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        using var wrong = await admin.SubmitAsync("/newsroom/running/", [new("address", "nobody")], form: "form[action$=test\\/]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var sent = await admin.SubmitAsync("/newsroom/running/", [new("address", "somebody@example.org")], form: "form[action$=test\\/]");
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        Assert.Contains(Directory.GetFiles(Path.Combine(site.Folder, "mail")), f => File.ReadAllText(f).Contains("somebody@example.org", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_changed_which_setting_is_written_down_and_what_did_not_change_is_not()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        using var saved = await admin.SubmitAsync("/newsroom/settings/", [new("tagline", "=News, daily")]);
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        var entries = await site.ReadAsync(db => db.AuditEntries.Where(e => e.PersonId == admin.Id && e.Subject == "settings").ToListAsync());
        Assert.Equal("tagline: nothing → “=News, daily”", Assert.Single(entries).What);
        var table = await admin.Browser.Http.GetStringAsync(new Uri("/newsroom/running/log.csv", UriKind.Relative));
        Assert.Contains($",{"Administrator"}", table, StringComparison.Ordinal);
        Assert.Contains("settings,\"tagline: nothing → “=News, daily”\"", table, StringComparison.Ordinal);
        using var back = await admin.SubmitAsync("/newsroom/settings/", [new("tagline", "")]);
    }

    [Fact]
    public async Task Where_an_article_stands_is_in_the_log()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var article = await site.PublishAsync("Stands in the log");
        using (await editor.SubmitAsync($"/newsroom/articles/{article.Id}/", [], form: "form[action$='/trash/']")) { }
        using (await editor.SubmitAsync("/newsroom/articles/?status=trash", [], form: $"form[action='/newsroom/articles/{article.Id}/restore/']")) { }
        var said = await site.ReadAsync(db => db.AuditEntries.Where(e => e.PersonId == editor.Id && e.Subject == "articles").OrderBy(e => e.Id).Select(e => e.What).ToListAsync());
        Assert.Equal(["“Stands in the log” was moved to the trash.", "“Stands in the log” was published."], said);
    }

    [Fact]
    public async Task A_proxy_that_is_not_trusted_is_noticed()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        Assert.DoesNotContain(site.App.Services.GetRequiredService<ServiceAlerts>().All, a => a.Service.Contains("proxy", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.7");
        using var answer = await admin.Browser.Http.SendAsync(request);
        var page = await admin.OpenAsync("/newsroom/running/");
        Assert.Contains("Hosting:TrustedProxies", page.Body!.TextContent, StringComparison.Ordinal);
    }

    private Task<long> ParkAsync(string job) => site.Writes.RunAsync(async (scope, ct) =>
    {
        var row = new OutboxRow { Job = job, DueAt = scope.Now, Attempts = 8, Parked = true, LastError = $"There is no job {job}." };
        scope.Db.Outbox.Add(row);
        await scope.FlushAsync(ct);
        return row.Id;
    }, CancellationToken.None);

    /// <summary>Once the try that was asked for is over, since its end would write over this.</summary>
    private async Task ParkAgainAsync(long id)
    {
        for (var n = 0; n < 300 && await site.ReadAsync(db => db.Outbox.AnyAsync(o => o.Id == id && o.Attempts == 0)); n++) await Task.Delay(100);
        await site.Writes.RunAsync((scope, ct) => scope.Db.Outbox.Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parked, true), ct), CancellationToken.None);
    }

    private static async Task<HttpResponseMessage> PostAsync(StaffClient admin, string path, params (string Name, string Value)[] fields)
    {
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await admin.OpenAsync("/newsroom/running/")).QuerySelector("form[action$=test\\/]")!;
        form.SetAttribute("action", path);
        return await admin.SendAsync(form, path, fields.Select(f => KeyValuePair.Create(f.Name, (string?)f.Value)));
    }

    public sealed class OnSqlite(SqliteSite site) : RunningTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : RunningTests(site), IClassFixture<PostgresSite>;
}
