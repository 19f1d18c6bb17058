using Broadsheet.Core;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Data;

/// <summary>The true differences between SQLite and PostgreSQL, and nothing else.</summary>
internal interface IDatabaseEngine
{
    /// <summary>A context for reading. The caller disposes it.</summary>
    BroadsheetDb Open();

    /// <summary>
    /// Reads lists and figures, by a replica where there is one that has all that was committed before this was asked; else as <see cref="Open"/>. Never what a page that is
    /// kept for all is made of.
    /// </summary>
    /// <param name="read">Runs a second time where the replica gives up in its midst; changes nothing.</param>
    async Task<T> ReadListsAsync<T>(Func<BroadsheetDb, Task<T>> read, CancellationToken ct)
    {
        await using var db = Open();
        return await read(db);
    }

    /// <summary>Reads rows of numbers, outside any write, in one round trip; the statements stay prepared: for the few that each comment costs.</summary>
    /// <returns>Of each statement, its rows.</returns>
    Task<IReadOnlyList<IReadOnlyList<long?[]>>> ReadAsync(IReadOnlyList<Statement> statements, CancellationToken ct);

    /// <summary>Brings the schema up to date; creates the database where there is none. One process at a time.</summary>
    /// <param name="upTo">Null: all; else the migration to stop after, to take in a backup of an older version.</param>
    Task MigrateAsync(CancellationToken ct, string? upTo = null);

    /// <summary>Runs one piece of writing work and makes it durable (fsync) before it returns. A work that throws leaves nothing behind.</summary>
    /// <exception cref="StorageException">The database cannot be written now: full, locked, gone.</exception>
    Task WriteAsync(Func<BroadsheetDb, CancellationToken, Task> work, CancellationToken ct);

    /// <summary>For one who writes without end: lets other processes that wait for the database go first.</summary>
    Task YieldAsync(TimeSpan atMost, CancellationToken ct);

    /// <summary>Inserts rows with their ids, by prepared statement or COPY, in the write work that <paramref name="db"/> belongs to.</summary>
    Task InsertManyAsync<T>(BroadsheetDb db, IReadOnlyList<T> rows, CancellationToken ct) where T : class;

    /// <summary>Inserts a few rows, without tracking them, and tells them the ids that the database gives: by a statement that stays prepared. In the write work that <paramref name="db"/> belongs to.</summary>
    /// <param name="before">Run before, in the same round trip.</param>
    Task InsertAsync<T>(BroadsheetDb db, IReadOnlyList<Statement> before, IReadOnlyList<T> rows, CancellationToken ct) where T : class;

    /// <summary>Runs statements in one round trip; they stay prepared: for the few that each comment costs. In the write work that <paramref name="db"/> belongs to.</summary>
    /// <returns>The first number of the last one's first row; null where there is none.</returns>
    Task<long?> RunAsync(BroadsheetDb db, IReadOnlyList<Statement> statements, CancellationToken ct);

    /// <summary>After rows with explicit ids: the next generated id is above them.</summary>
    Task AdvanceSequencesAsync(BroadsheetDb db, CancellationToken ct);

    /// <summary>The next generated id of <typeparamref name="T"/> is above <paramref name="upTo"/>: those below are left for rows that bring their own.</summary>
    Task ReserveIdsAsync<T>(BroadsheetDb db, long upTo, CancellationToken ct) where T : class;

    /// <summary>Takes generated ids for rows that must know them before they are inserted.</summary>
    Task<IReadOnlyList<long>> NewIdsAsync<T>(BroadsheetDb db, int count, CancellationToken ct) where T : class;

    /// <summary>Takes up to <paramref name="limit"/> due jobs for this runner, so that no other has them until <paramref name="until"/>.</summary>
    Task<List<OutboxRow>> ClaimJobsAsync(BroadsheetDb db, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken ct);

    /// <summary>Of the newest 10,000 public documents that have all of the folded <paramref name="terms"/>: some of them, best first.</summary>
    /// <param name="comments">Null: articles and comments; else only these.</param>
    /// <param name="article">Only this one and its comments; null for all.</param>
    Task<List<SearchDocument>> SearchAsync(BroadsheetDb db, IReadOnlyList<string> terms, bool? comments, int skip, int take, CancellationToken ct, long? article = null);

    bool IsUniqueViolation(Exception problem);

    /// <summary>Null where the failure is not the storage's.</summary>
    StorageException? AsStorageTrouble(Exception problem);

    /// <summary>A number that changes when another process commits, so that polling costs little; null where there is none and the rows must be read.</summary>
    Task<long?> ChangeCounterAsync(CancellationToken ct);

    /// <summary>Holds the publication for one <c>serve</c>; null where another process has it or where several may serve.</summary>
    Outcome<FileStream?> LockForServing();

    /// <summary>Writes a consistent copy of the whole database into <paramref name="folder"/> while others read and write.</summary>
    /// <returns>The rows of each table in the copy.</returns>
    Task<SortedDictionary<string, long>> BackupAsync(string folder, CancellationToken ct);

    /// <summary>A backup holds the schema too; else it must be made by <see cref="MigrateAsync"/> before the restore.</summary>
    bool RestoresSchema { get; }

    /// <summary>Fills an empty database from what <see cref="BackupAsync"/> wrote: wholly or not at all.</summary>
    /// <param name="expected">The rows that each table must have then.</param>
    /// <exception cref="InvalidDataException">They differ.</exception>
    Task RestoreAsync(string folder, IReadOnlyDictionary<string, long> expected, CancellationToken ct);
}

/// <summary>The database cannot take a write now. What was asked for did not happen; nothing is half-written.</summary>
internal sealed class StorageException(StorageTrouble trouble, Exception inner) : Exception(Sentence(trouble), inner)
{
    public StorageTrouble Trouble => trouble;

    private static string Sentence(StorageTrouble trouble) => trouble switch
    {
        StorageTrouble.Full => "The disk that holds the database is full.",
        StorageTrouble.Busy => "Another program holds the database.",
        _ => "The database cannot be reached.",
    };
}

internal enum StorageTrouble
{
    Full,
    Busy,
    Unreachable,
}
