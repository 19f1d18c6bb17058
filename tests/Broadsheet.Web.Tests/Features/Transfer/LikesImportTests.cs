using System.Text.Json;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Transfer;

public abstract class LikesImportTests(BroadsheetSite site)
{
    [Fact]
    public async Task Likes_come_once_to_what_they_are_of_and_are_counted()
    {
        var article = await site.PublishAsync("Liked elsewhere");
        var ids = await site.TalkAsync(article.Id, null, null, null);
        using var ann = await StaffClient.AddAsync(site, Role.Reader);
        await site.Writes.RunAsync((scope, _) => { scope.Db.MappedIds.Add(new MappedId { Kind = MappedKind.Comment, OldId = 700_000 + article.Id, NewId = ids[2], Source = "https://old.example" }); return Task.CompletedTask; }, CancellationToken.None);
        var file = await FileAsync($"""
            user,Comment_ID,post_id,date,email
            17,{ids[0]},,2020-02-20T18:30:00Z,
            18,{ids[0]},,2020-02-21 07:00:00,
            "Doe, Jane",{ids[0]},,,
            ,{ids[1]},,,{ann.Email.ToUpperInvariant()}
            17,,{article.Id},,
            17,{700_000 + article.Id},,,
            17,99999999,,,
            19,,99999999,,
            """);

        for (var run = 0; run < 2; run++)
        {
            var (code, output, _) = await RunAsync("import", "likes", file, "--json");
            Assert.Equal(0, code);
            var likes = JsonDocument.Parse(output).RootElement.GetProperty("likes");
            Assert.Equal((8, run == 0 ? 6 : 0, run == 0 ? 0 : 6, 2), (likes.GetProperty("read").GetInt32(), likes.GetProperty("written").GetInt32(), likes.GetProperty("present").GetInt32(), likes.GetProperty("skipped").GetInt32()));
        }

        var rows = await site.ReadAsync(db => db.Comments.Where(c => c.ArticleId == article.Id).OrderBy(c => c.Id).Select(c => new { c.Likes, c.PersonLikes }).ToListAsync());
        Assert.Equal([(3, 3), (1, 1), (1, 1)], rows.Select(r => (r.Likes, r.PersonLikes)));
        Assert.Equal(1, await site.ReadAsync(db => db.ThreadCounters.Where(c => c.ArticleId == article.Id).Select(c => c.Likes).SingleAsync()));
        var stored = await site.ReadAsync(db => db.Likes.Where(l => l.ArticleId == article.Id).ToListAsync());
        Assert.Equal(ann.Id, Assert.Single(stored, l => l.PersonId is not null).PersonId);
        Assert.Contains(stored, l => l.At == new DateTimeOffset(2020, 2, 20, 18, 30, 0, TimeSpan.Zero));
        Assert.All(stored, l => Assert.Null(l.ExpiresAt));
        Assert.DoesNotContain(stored, l => l.Mark?.Contains("Jane", StringComparison.Ordinal) == true);
        // Nobody of ours is doubled: who was found by address likes it already.
        Assert.Null(await site.Writes.RunAsync((scope, ct) => LikeLedger.AddAsync(scope, article.Id, ids[1], new Liker(ann.Id, null, null), scope.Now, ct), CancellationToken.None));
    }

    // Each starts the program: the rest in the full run.
    [Theory]
    [InlineData("", "line 1", "empty")]
    [InlineData("user,comment_id,mood\n1,2,glad\n", "line 1", "mood", Traits = ["Category", "Full"])]
    [InlineData("comment_id\n1\n", "line 1", "user or email", Traits = ["Category", "Full"])]
    [InlineData("user\n1\n", "line 1", "post_id or comment_id", Traits = ["Category", "Full"])]
    [InlineData("user,comment_id\n1,{c}\n2,abc\n", "line 3", "“abc”")]
    [InlineData("user,comment_id\n1,{c}\n,{c}\n", "line 3", "nobody", Traits = ["Category", "Full"])]
    [InlineData("user,comment_id,post_id\n1,{c},{c}\n", "line 2", "one of the two", Traits = ["Category", "Full"])]
    [InlineData("user,comment_id,date\n1,{c},yesterday\n", "line 2", "yesterday", Traits = ["Category", "Full"])]
    [InlineData("user,comment_id\n1,{c}\n\"2,{c}\n", "line 3", "", Traits = ["Category", "Full"])]
    [InlineData("user,comment_id\n1,{c}\n2\"x\",{c}\n", "line 3", "quotation mark")]
    public async Task A_damaged_file_is_named_with_its_line_and_nothing_is_written(string text, string place, string what)
    {
        var article = await site.PublishAsync("Damaged");
        var ids = await site.TalkAsync(article.Id, [null]);
        var file = await FileAsync(text.Replace("{c}", $"{ids[0]}", StringComparison.Ordinal));

        var (code, output, error) = await RunAsync("import", "likes", file);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(place, error, StringComparison.Ordinal);
        Assert.Contains(what, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Equal(0, await site.ReadAsync(db => db.Likes.CountAsync(l => l.ArticleId == article.Id)));
    }

    [Fact]
    public async Task A_dry_run_writes_nothing_and_a_missing_file_is_named()
    {
        var article = await site.PublishAsync("Dry");
        var file = await FileAsync($"user,post_id\n1,{article.Id}\n");

        var dry = await RunAsync("import", "likes", file, "--dry-run");
        var missing = await RunAsync("import", "likes", "/no/such/likes.csv");

        Assert.Equal(0, dry.Code);
        Assert.Contains("1 likes read. Nothing was written.", dry.Output, StringComparison.Ordinal);
        Assert.Equal(0, await site.ReadAsync(db => db.Likes.CountAsync(l => l.ArticleId == article.Id)));
        Assert.Equal(1, missing.Code);
        Assert.Contains("/no/such/likes.csv: there is no such file", missing.Error, StringComparison.Ordinal);
    }

    private static async Task<string> FileAsync(string text)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("bs-likes").FullName, "likes.csv");
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

    public sealed class OnSqlite(SqliteSite site) : LikesImportTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : LikesImportTests(site), IClassFixture<PostgresSite>;
}
