using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Sqlite;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Broadsheet.Web.Tests.Data.Sqlite;

/// <summary>Readers' connections stay open and their statements prepared, and nobody can tell but by the time that it takes.</summary>
public sealed class SqliteContextsTests(SqliteSite site) : IClassFixture<SqliteSite>
{
    [Fact]
    public async Task Whoever_asks_again_has_the_statement_prepared_and_the_new_values()
    {
        var (first, second) = (await AddTermAsync("First"), await AddTermAsync("Second"));
        using var contexts = Contexts();

        Assert.Equal("First", await NameAsync(contexts, first));
        var prepared = await StatementsAsync(contexts);
        Assert.Equal("Second", await NameAsync(contexts, second));
        Assert.Equal("First", await NameAsync(contexts, first));

        Assert.NotEmpty(prepared);
        Assert.Equal(prepared, await StatementsAsync(contexts));
    }

    [Fact]
    public async Task Two_readings_of_the_same_words_at_once_do_not_meet()
    {
        var id = await AddTermAsync("Nested");
        using var contexts = Contexts();
        await using var db = contexts.Open();
        var seen = new List<string>();

        await foreach (var outer in db.Terms.Where(t => t.Id == id).Select(t => t.Name).AsAsyncEnumerable())
        {
            await foreach (var inner in db.Terms.Where(t => t.Id == id).Select(t => t.Name).AsAsyncEnumerable()) seen.Add(outer + inner);
        }

        Assert.Equal(["NestedNested"], seen);
    }

    [Fact]
    public async Task A_reading_that_is_left_in_the_middle_holds_nothing_back()
    {
        for (var i = 0; i < 5; i++) await AddTermAsync($"Left {i}");
        using var contexts = Contexts();
        for (var round = 0; round < 3; round++)
        {
            await using var db = contexts.Open();
            await foreach (var _ in db.Terms.AsAsyncEnumerable()) break;
        }

        var later = await AddTermAsync("Later");

        // An open reading would go on seeing the database as it was.
        Assert.Equal("Later", await NameAsync(contexts, later));
    }

    /// <summary>A fault of ours that must not become stale pages: nobody else gets a connection that holds an old picture of the database.</summary>
    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_connection_on_which_a_reading_was_never_ended_is_not_lent_again(bool isBeside)
    {
        for (var i = 0; i < 3; i++) await AddTermAsync($"Never {i}");
        using var contexts = Contexts();
        SQLitePCL.sqlite3 left;
        await using (var db = contexts.Open())
        {
            left = HandleOf(db);
            var rows = db.Terms.AsAsyncEnumerable().GetAsyncEnumerator();
            var beside = db.Terms.AsAsyncEnumerable().GetAsyncEnumerator();
            Assert.True(await rows.MoveNextAsync() && await beside.MoveNextAsync());
            if (isBeside) await rows.DisposeAsync();
            else await beside.DisposeAsync();
        }

        await using var next = contexts.Open();
        Assert.NotSame(left, HandleOf(next));
    }

    [Fact]
    public async Task After_trouble_with_the_storage_nobody_is_lent_a_connection_from_before()
    {
        using var contexts = Contexts();
        SQLitePCL.sqlite3 idle, lent;
        await using (var one = contexts.Open())
        {
            await using (var other = contexts.Open()) idle = HandleOf(other);
            lent = HandleOf(one);
            contexts.Distrust();
        }

        await using var next = contexts.Open();
        await using var another = contexts.Open();
        Assert.DoesNotContain(HandleOf(next), (SQLitePCL.sqlite3[])[idle, lent]);
        Assert.DoesNotContain(HandleOf(another), (SQLitePCL.sqlite3[])[idle, lent]);
    }

    [Fact]
    public async Task After_trouble_a_connection_is_not_used_again()
    {
        using var contexts = Contexts();
        SQLitePCL.sqlite3 failed;
        await using (var db = contexts.Open())
        {
            failed = HandleOf(db);
            await Assert.ThrowsAsync<SqliteException>(() => db.Database.SqlQuery<long>($"SELECT no_such_column AS \"Value\" FROM terms").ToListAsync());
        }

        await using var next = contexts.Open();
        Assert.NotSame(failed, HandleOf(next));
        Assert.True(failed.IsClosed);
    }

    [Fact]
    public async Task More_statements_than_are_kept_are_read_all_the_same()
    {
        using var contexts = Contexts();
        for (var i = 0; i < 400; i++)
        {
            await using var db = contexts.Open();
            Assert.Equal([i], await db.Database.SqlQueryRaw<long>(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SELECT {i} AS \"Value\"")).ToListAsync());
        }

        Assert.InRange((await StatementsAsync(contexts)).Count, 1, 150);
    }

    [Fact]
    public async Task Readers_at_once_have_a_connection_each_and_what_they_leave_is_bounded()
    {
        using var contexts = Contexts();
        var many = Enumerable.Range(0, 80).Select(_ => contexts.Open()).ToList();
        var handles = many.Select(HandleOf).ToHashSet();
        Assert.Equal(80, handles.Count);
        foreach (var db in many) await db.DisposeAsync();

        var again = Enumerable.Range(0, 80).Select(_ => contexts.Open()).ToList();
        Assert.Equal(64, again.Count(db => handles.Contains(HandleOf(db))));
        foreach (var db in again) await db.DisposeAsync();
    }

    private SqliteContexts Contexts() => new(() =>
    {
        var connection = new KeptConnection($"Data Source={Path.Combine(site.Folder, "broadsheet.db")};Pooling=False");
        connection.Open();
        connection.Handle!.enable_sqlite3_next_stmt(true);
        return connection;
    }, []);

    private static SQLitePCL.sqlite3 HandleOf(SqliteBroadsheetDb db) => ((SqliteConnection)db.Database.GetDbConnection()).Handle!;

    private static async Task<string?> NameAsync(SqliteContexts contexts, long id)
    {
        await using var db = contexts.Open();
        return await db.Terms.Where(t => t.Id == id).Select(t => t.Name).FirstOrDefaultAsync();
    }

    /// <summary>What is prepared on the connection that is lent next.</summary>
    private static async Task<List<IntPtr>> StatementsAsync(SqliteContexts contexts)
    {
        await using var db = contexts.Open();
        var found = new List<IntPtr>();
        for (var statement = raw.sqlite3_next_stmt(HandleOf(db), null); statement is { IsInvalid: false }; statement = raw.sqlite3_next_stmt(HandleOf(db), statement)) found.Add(statement.DangerousGetHandle());
        return found;
    }

    private Task<long> AddTermAsync(string name) => site.Writes.RunAsync((scope, ct) => TermLedger.FindOrAddAsync(scope, Term.Tag, name, null, ct), CancellationToken.None);
}
