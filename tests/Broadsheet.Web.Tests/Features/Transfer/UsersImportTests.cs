using System.Net;
using System.Text.Json;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Transfer;

public abstract class UsersImportTests(BroadsheetSite site)
{
    private const string Keyed = "$wp$2y$08$l40Nz6rO6CT73iklbTBtwuZxZQtGaEIvu/.BKECr3AQWFt/Kohyda";
    private const string Portable = "$P$BNKvRCwOHBAkyu0oDpQCECSZP/y1.D/";
    private const string Plain = "3cb4e732631f47e6eb961f34554b7cde";

    [Theory]
    [InlineData(Keyed)]
    [InlineData(Portable)]
    [InlineData(Plain)]
    public async Task Who_comes_with_a_password_signs_in_with_it_and_it_is_stored_anew(string hash)
    {
        var name = $"mover{Guid.CreateVersion7():N}";
        var file = await FileAsync($"ID,user_login,user_pass,user_nicename,user_email,user_url,user_registered,user_activation_key,user_status,display_name,roles\n,{name},{hash},{name},{name}@example.org,https://example.org/{name},2014-05-06 07:08:09,,0,\"Mover, One\",contributor\n");
        var run = await RunAsync("import", "wordpress", "--users", file, "--json");
        Assert.Equal(0, run.Code);
        Assert.Equal((1, 1, 0, 0), CountsOf(run.Output));

        using var client = await StaffClient.AddAsync(site, Role.Reader);
        using var wrong = await client.SubmitAsync("/account/sign-in/", [new("email", $"{name}@example.org"), new("password", "correct hors")]);
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        for (var time = 0; time < 2; time++)
        {
            using var right = await client.SubmitAsync("/account/sign-in/", [new("email", $"{name}@example.org"), new("password", "correct horse")]);
            Assert.Equal("/newsroom/", right.Headers.Location?.OriginalString);
            using var end = await client.SubmitAsync("/newsroom/", [], form: "form[action='/account/sign-out/']");
        }
        var person = await site.ReadAsync(db => db.Users.SingleAsync(p => p.Email == $"{name}@example.org"));
        Assert.StartsWith("AQAAAA", person.PasswordHash, StringComparison.Ordinal);
        Assert.Equal(("Mover, One", name, Role.Contributor, new DateTimeOffset(2014, 5, 6, 7, 8, 9, TimeSpan.Zero)), (person.DisplayName, person.Slug, person.Role, person.JoinedAt));
    }

    [Fact]
    public async Task Who_is_here_keeps_what_they_have_and_gets_what_they_lack()
    {
        using var staff = await StaffClient.AddAsync(site, Role.Editor, "four plain words here");
        var login = $"writer{Guid.CreateVersion7():N}";
        var author = await site.Writes.RunAsync(async (scope, ct) =>
        {
            var person = new Person { UserName = login, NormalizedUserName = login.ToUpperInvariant(), DisplayName = "A writer", Slug = login, Role = Role.Author, SecurityStamp = "x" };
            scope.Db.Users.Add(person);
            await scope.Db.SaveChangesAsync(ct);
            scope.Db.MappedIds.Add(new MappedId { Kind = MappedKind.Person, Source = "https://old.example", OldId = 77, NewId = person.Id });
            return person.Id;
        }, CancellationToken.None);
        var file = await FileAsync($"""
            user_email,user_login,roles,user_pass
            {staff.Email},someone-else,subscriber,{Portable}
            {login}@example.org,{login.ToUpperInvariant()},editor,{Portable}
            no address,{login}-2,shop_manager,
            """);
        var before = await site.ReadAsync(db => db.Users.SingleAsync(p => p.Id == staff.Id));

        var first = await RunAsync("import", "wordpress", "--users", file, "--json");
        var second = await RunAsync("import", "wordpress", "--users", file, "--json");

        Assert.Equal((3, 2, 1, 0), CountsOf(first.Output));
        Assert.Equal((3, 0, 3, 0), CountsOf(second.Output));
        var after = await site.ReadAsync(db => db.Users.SingleAsync(p => p.Id == staff.Id));
        Assert.Equal((before.PasswordHash, Role.Editor), (after.PasswordHash, after.Role));
        var writer = await site.ReadAsync(db => db.Users.SingleAsync(p => p.Id == author));
        Assert.Equal((Portable, Role.Editor, $"{login}@example.org"), (writer.PasswordHash, writer.Role, writer.Email));
        var other = await site.ReadAsync(db => db.Users.SingleAsync(p => p.UserName == $"{login}-2"));
        Assert.Equal((Role.Reader, null, null), (other.Role, other.Email, other.PasswordHash));
    }

    [Fact]
    public async Task One_line_that_is_two_people_here_changes_neither()
    {
        using var one = await StaffClient.AddAsync(site, Role.Reader);
        using var two = await StaffClient.AddAsync(site, Role.Reader);
        var login = await site.ReadAsync(db => db.Users.Where(p => p.Id == two.Id).Select(p => p.UserName).SingleAsync());
        var run = await RunAsync("import", "wordpress", "--users", await FileAsync($"user_login,user_email,user_pass\n{login},{one.Email},{Plain}\n"));
        Assert.Equal(0, run.Code);
        Assert.Contains("1 users read, 0 written, 0 already here, 1 skipped", run.Output, StringComparison.Ordinal);
        Assert.Contains("line 2: user ", run.Output, StringComparison.Ordinal);
        Assert.False(await site.ReadAsync(db => db.Users.AnyAsync(p => p.PasswordHash == Plain && (p.Id == one.Id || p.Id == two.Id))));
    }

    [Theory]
    [InlineData("user_email\nann@example.org\n", "line 1", "user_login")]
    [InlineData("user_login,user_email\nann,ann@example.org\n,bob@example.org\n", "line 3", "user_login is empty")]
    [InlineData("user_login,user_email,id\nann,ann@example.org,first\n", "line 2", "“first”")]
    [InlineData("", "line 1", "empty")]
    public async Task A_damaged_file_is_named_with_its_line_and_nothing_is_written(string text, string place, string what)
    {
        var file = await FileAsync(text);
        var (code, output, error) = await RunAsync("import", "wordpress", "--users", file);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains($"{file}, {place}", error, StringComparison.Ordinal);
        Assert.Contains(what, error, StringComparison.Ordinal);
        Assert.False(await site.ReadAsync(db => db.Users.AnyAsync(p => p.Email == "ann@example.org")));
    }

    [Fact]
    public async Task Neither_an_export_nor_users_is_wrong_usage()
    {
        var run = await RunAsync("import", "wordpress");
        Assert.Equal(2, run.Code);
        Assert.Contains("--users", run.Error, StringComparison.Ordinal);
    }

    private static (int Read, int Written, int Present, int Skipped) CountsOf(string output)
    {
        var users = JsonDocument.Parse(output).RootElement.GetProperty("users");
        return (users.GetProperty("read").GetInt32(), users.GetProperty("written").GetInt32(), users.GetProperty("present").GetInt32(), users.GetProperty("skipped").GetInt32());
    }

    private static async Task<string> FileAsync(string text)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("bs-users").FullName, "users.csv");
        await File.WriteAllTextAsync(file, text);
        return file;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var process = BroadsheetProgram.Start([.. args, .. await site.ArgumentsAsync()]);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    public sealed class OnSqlite(SqliteSite site) : UsersImportTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : UsersImportTests(site), IClassFixture<PostgresSite>;
}
