using System.Text.Json;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Hosting.Commands;

/// <summary>The program as it is run in a shell, beside a publication that serves from the same folder.</summary>
public sealed class PersonCommandTests(SqliteSite site) : IClassFixture<SqliteSite>
{
    [Fact]
    public async Task A_person_is_added_beside_a_serve_and_signs_in_by_the_printed_link()
    {
        var run = await RunAsync(null, "person", "add", "nora@example.org", "--name", "Nora North", "--role", "editor", "--json", "--urls", site.Url.ToString());

        Assert.Equal((0, ""), (run.Code, run.Error));
        using var report = JsonDocument.Parse(run.Output);
        Assert.Equal(("nora@example.org", "editor", true), (report.RootElement.GetProperty("email").GetString(), report.RootElement.GetProperty("role").GetString(), report.RootElement.GetProperty("created").GetBoolean()));
        var link = new Uri(report.RootElement.GetProperty("link").GetString()!);
        Assert.Equal(site.Url.Authority, link.Authority);
        using var nora = new StaffClient(site, 0, "nora@example.org");
        using var answer = await nora.SubmitAsync(link.AbsolutePath, []);
        Assert.Equal("/newsroom/", answer.Headers.Location?.OriginalString);
        Assert.Contains("Nora North", await nora.Browser.ReadAsync("/newsroom/"));
    }

    [Fact]
    public async Task A_known_address_gets_a_new_link_and_keeps_its_role()
    {
        var first = await RunAsync(null, "person", "add", "otto@example.org", "--name", "Otto", "--role", "author");
        var second = await RunAsync(null, "person", "add", "OTTO@example.org");
        var third = await RunAsync(null, "person", "add", "otto@example.org", "--role", "moderator");

        Assert.Equal([0, 0, 0], [first.Code, second.Code, third.Code]);
        Assert.Contains("Found Otto <otto@example.org>, author.", second.Output, StringComparison.Ordinal);
        // Without a known address of the publication, a path.
        Assert.Contains("\n/account/sign-in/link/", second.Output, StringComparison.Ordinal);
        Assert.Equal(Role.Moderator, await site.ReadAsync(db => db.Users.Where(p => p.Email == "otto@example.org").Select(p => p.Role).SingleAsync()));
    }

    [Fact]
    public async Task A_password_from_standard_input_is_set_and_nothing_secret_is_printed()
    {
        var run = await RunAsync("four plain words here\n", "person", "add", "pia@example.org", "--name", "Pia", "--role", "author", "--password-stdin", "--json");

        Assert.Equal(0, run.Code);
        Assert.DoesNotContain("four plain", run.Output + run.Error, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(run.Output);
        Assert.Equal(JsonValueKind.Null, report.RootElement.GetProperty("link").ValueKind);
        var person = await site.ReadAsync(db => db.Users.SingleAsync(p => p.Email == "pia@example.org"));
        Assert.Equal(PasswordVerificationResult.Success, new PasswordHasher<Person>().VerifyHashedPassword(person, person.PasswordHash!, "four plain words here"));
    }

    [Fact]
    public async Task Who_has_lost_app_and_codes_signs_in_by_the_link_alone()
    {
        await RunAsync(null, "person", "add", "ruth@example.org", "--name", "Ruth", "--role", "author");
        var id = await site.ReadAsync(db => db.Users.Where(p => p.Email == "ruth@example.org").Select(p => p.Id).SingleAsync());
        await site.Writes.RunAsync(async (scope, ct) =>
        {
            await TwoStepsLedger.BeginAsync(scope, id, "sealed", ct);
            await scope.FlushAsync(ct);
            return await TwoStepsLedger.ConfirmAsync(scope, id, 0, 1, ct);
        }, CancellationToken.None);
        var kept = await RunAsync(null, "person", "add", "ruth@example.org");
        Assert.Equal((0, true), (kept.Code, await site.ReadAsync(db => db.Users.AnyAsync(p => p.Id == id && p.TwoFactorEnabled))));

        var run = await RunAsync(null, "person", "add", "ruth@example.org", "--end-two-steps", "--json", "--urls", site.Url.ToString());

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal((false, 0, 0), await site.ReadAsync(async db => (await db.Users.AnyAsync(p => p.Id == id && p.TwoFactorEnabled), await db.TwoSteps.CountAsync(t => t.PersonId == id), await db.RecoveryCodes.CountAsync(c => c.PersonId == id))));
        using var report = JsonDocument.Parse(run.Output);
        using var ruth = new StaffClient(site, id, "ruth@example.org");
        using var answer = await ruth.SubmitAsync(new Uri(report.RootElement.GetProperty("link").GetString()!).AbsolutePath, []);
        Assert.Equal("/newsroom/", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("not-an-address --name A --role author", "e-mail address")]
    [InlineData("q@example.org --name A --role emperor", "--role emperor")]
    [InlineData("q@example.org --role author", "--name")]
    [InlineData("q@example.org --name A", "--role")]
    [InlineData("q@example.org --name A --role author --password-stdin", "password")]
    [InlineData("", "EMAIL")]
    public async Task Wrong_usage_is_told_in_one_line_and_exits_2(string arguments, string says)
    {
        var run = await RunAsync("short\n", ["person", "add", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    private Task<(int Code, string Output, string Error)> RunAsync(string? input, params string[] arguments) => BroadsheetProgram.RunAsync(BroadsheetProgram.With([.. arguments, "--data", site.Folder]), input ?? "");
}
