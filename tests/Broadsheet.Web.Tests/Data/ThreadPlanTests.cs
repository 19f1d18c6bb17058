using System.Globalization;
using System.Text.RegularExpressions;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Broadsheet.Web.Tests.Data;

/// <summary>In a thread of thousands of comments, a page, a permalink and a post reach for what they need: none reads or sorts the whole thread.</summary>
public abstract partial class ThreadPlanTests(LongThread thread, string explain)
{
    private static int _posts;

    [Theory]
    [InlineData(""), InlineData("comment-page-2/"), InlineData("comment-page-MIDDLE/"), InlineData("comment-page-LAST/"), InlineData("?replytocom=ID")]
    [InlineData("?order=newest"), InlineData("?order=liked"), InlineData("?order=replied")]
    [InlineData("?order=newest&after=3000"), InlineData("?order=liked&after=3000"), InlineData("?order=replied&after=3.3000"), InlineData("?thread=3000")]
    public async Task A_page_of_the_thread_is_reached_by_an_index(string page)
    {
        var address = page.Replace("MIDDLE", (thread.LastPage / 2).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("LAST", thread.LastPage.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("ID", thread.Middle.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

        var plans = await PlansOfAsync(async reader =>
        {
            var text = await reader.ReadAsync($"{thread.Article.Path}{address}");
            Assert.InRange(Regex.Count(text, "id=\"comment-[0-9]", RegexOptions.NonBacktracking), address.StartsWith("?thread", StringComparison.Ordinal) ? 4 : 50, 400);
        });

        AssertNarrow(plans);
    }

    [Fact]
    public async Task The_link_to_a_comment_in_the_middle_is_found_by_an_index() =>
        AssertNarrow(await PlansOfAsync(async reader => Assert.Contains($"comment-{thread.Middle}", await reader.ReadAsync($"/wp-json/wp/v2/comments/{thread.Middle}"), StringComparison.Ordinal)));

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_post_looks_up_its_writer_and_its_place_by_an_index(bool isReply)
    {
        var plans = await PlansOfAsync(async reader =>
        {
            var n = Interlocked.Increment(ref _posts);
            reader.Http.DefaultRequestHeaders.Add("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"203.0.113.{n}"));
            using var answer = await reader.PostAsync("/wp-comments-post.php",
                [new("comment_post_ID", $"{thread.Article.Id}"), new("comment_parent", isReply ? $"{thread.Middle}" : "0"), new("comment", $"Said {n}."), new("author", $"Writer {n}"), new("email", $"writer{n}@example.org")]);
            Assert.Equal(302, (int)answer.StatusCode);
        });

        AssertNarrow(plans);
    }

    /// <summary>Too quick by the address, the person or the e-mail address; the writer's record and bans; the same words elsewhere.</summary>
    [Theory]
    [InlineData(null), InlineData(7L)]
    public async Task What_is_looked_up_of_a_writer_is_reached_by_an_index(long? person)
    {
        var now = TimeProvider.System.GetUtcNow();
        var draft = CommentDraft.Read(new CommentFields(thread.Article.Id, null, "Some words.", "Reader 1", "reader1@example.org", ""), true).Value;
        var origin = new CommentOrigin(person, "203.0.113.9", "", now, now.UtcDateTime);
        var print = TextPrint.Of("Nine words that are printed, and looked for everywhere, so.")!.Value;

        foreach (var statement in (Statement[])[
            new(CommentStatements.WroteSince, [now.AddDays(-1), "203.0.113.9", person ?? 0L, "reader1@example.org"]),
            WriterStatements.Record(draft, origin, 12345L, now.AddDays(-30), 0), WriterStatements.Copies(print, now.AddDays(-30), 0)])
            AssertNarrow([(statement.Sql, await PlanAsync(statement.Sql, statement.Values))]);
    }

    public static TheoryData<string> Statements => [.. CommentStatements.All.Where(s => s != CommentStatements.WroteSince)];

    /// <summary>Numbering, counting and the look for the same words: what the write itself does.</summary>
    [Theory]
    [MemberData(nameof(Statements))]
    public async Task What_a_post_writes_is_reached_by_an_index(string statement)
    {
        var plan = await PlanAsync(WithValues(statement));

        Assert.NotEmpty(plan);
        AssertNarrow([(statement, plan)]);
    }

    private Task<string> PlanAsync(string sql, params object?[] values) => thread.Site.ReadAsync(async db =>
    {
        // Of PostgreSQL it is asked what was really read: then the statement has run, and is taken back.
        await using var transaction = await db.Database.BeginTransactionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
        command.CommandText = $"{explain} {sql}";
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            if (db.Database.IsSqlite()) parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i + 1}");
            parameter.Value = db.Database.IsSqlite() && values[i] is DateTimeOffset instant ? instant.ToUnixTimeMilliseconds() : values[i];
            command.Parameters.Add(parameter);
        }
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(reader.FieldCount - 1));
        return string.Join('\n', lines);
    });

    /// <summary>Reads a whole table of comments, or a whole thread without stopping soon, or sorts it.</summary>
    protected abstract bool IsWide(string statement, string plan);

    private void AssertNarrow(IReadOnlyList<(string Statement, string Plan)> plans)
    {
        Assert.NotEmpty(plans);
        Assert.All(plans, p => Assert.False(IsWide(p.Statement, p.Plan), $"{p.Statement}\n{p.Plan}"));
    }

    private async Task<IReadOnlyList<(string Statement, string Plan)>> PlansOfAsync(Func<ReaderClient, Task> ask)
    {
        var site = thread.Site;
        using var reader = site.NewReader();
        // What else a first request reads is read.
        using (await reader.GetAsync("/")) { }
        await site.Writes.RunAsync((scope, _) => { scope.Evict($"article:{thread.Article.Id}"); return Task.CompletedTask; }, CancellationToken.None);
        site.Statements.Reset();
        site.Statements.Explain = explain;
        await ask(reader);
        site.Statements.Explain = null;
        return site.Statements.Plans;
    }

    /// <summary>Each <c>$n</c> by a value of its column: the words are the middle comment's, as a second look would find them.</summary>
    private string WithValues(string statement)
    {
        // From what stands before the place: `column = $n`, `column + $n`.
        return Place().Replace(statement, match => match.Groups["column"].Value switch
        {
            "article_id" => $"{match.Groups["before"].Value}{thread.Article.Id}",
            "id" => $"{match.Groups["before"].Value}{thread.Middle}",
            "author_name" or "body" or "email_folded" => $"{match.Groups["before"].Value}'Reader 1'",
            _ => $"{match.Groups["before"].Value}3000",
        }).Replace("$6", "'reader1@example.org'", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?<before>(?<column>[a-z_]+)(, 0\))? (=|<>|\+) )\$[0-9]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Place();

    public sealed partial class OnSqlite(SqliteLongThread site) : ThreadPlanTests(site.Thread, "EXPLAIN QUERY PLAN"), IClassFixture<SqliteLongThread>
    {
        protected override bool IsWide(string statement, string plan) => plan.Split('\n').Any(line =>
            (Scan().Match(line) is { Success: true } scan && !plan.Contains($"CO-ROUTINE {scan.Groups["name"].Value}", StringComparison.Ordinal)) || (WholeThread().IsMatch(line) && (plan.Contains("TEMP B-TREE", StringComparison.Ordinal) || !statement.Contains("LIMIT", StringComparison.OrdinalIgnoreCase))));

        /// <summary>Of the table itself, by whatever name a statement gives it.</summary>
        [GeneratedRegex(@"^SCAN (?<name>comments|[co][0-9]*)( |$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
        private static partial Regex Scan();

        /// <summary>Bounded by nothing but the article, or by what nearly all of its comments have in common.</summary>
        [GeneratedRegex(@"ix_comments\w* \((article_id=\?)?( AND )?(standing=\?)?( AND (number|shown_at|at)[<>]\?)?\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
        private static partial Regex WholeThread();
    }

    public sealed partial class OnPostgres(PostgresLongThread site) : ThreadPlanTests(site.Thread, "EXPLAIN (ANALYZE, TIMING OFF)"), IClassFixture<PostgresLongThread>
    {
        /// <summary>A page has 50 top-level comments of four each; what is far more is the thread.</summary>
        private const int FarMoreThanAPage = 1_000;

        /// <summary>By what was read, not by what was expected: of how numbers spread over articles the planner knows little.</summary>
        protected override bool IsWide(string statement, string plan) => Rows().Matches(plan).Any(rows => long.Parse(rows.Groups["rows"].Value, CultureInfo.InvariantCulture) > FarMoreThanAPage);

        [GeneratedRegex("(actual rows=|Rows Removed by [A-Za-z ]+: )(?<rows>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
        private static partial Regex Rows();
    }
}
