using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Data;

/// <summary>Told of what a write has touched, after the commit and before its caller goes on.</summary>
internal interface ICommitObserver
{
    void Committed(IReadOnlyList<Eviction> evictions);

    /// <summary>Other processes' commits may have been missed: whatever is held of the database may be out of date.</summary>
    void Missed();
}

/// <summary>
/// The one way to write. Works are durable when <see cref="RunAsync"/> returns, all or nothing, and the page cache of this
/// process has forgotten what they touched. No input or output but the database's belongs inside a work: on SQLite all works
/// share one connection and, where they come together, one commit.
/// </summary>
/// <param name="meter">Null where nobody measures (a rehearsal).</param>
internal sealed class Writes(IDatabaseEngine engine, IEnumerable<ICommitObserver> observers, TimeProvider clock, WriteMeter? meter = null)
{
    private readonly ICommitObserver[] _observers = [.. observers];

    /// <exception cref="StorageException">Full, locked or gone: nothing was written.</exception>
    public async Task<T> RunAsync<T>(Func<WriteScope, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        var started = meter is { IsOn: true } ? clock.GetTimestamp() : 0;
        T result = default!;
        List<Eviction> evictions = [];
        await engine.WriteAsync(async (db, token) =>
        {
            var scope = new WriteScope(db, engine, clock.GetUtcNow());
            result = await work(scope, token);
            evictions = await scope.SaveAsync(token);
        }, ct);
        if (started != 0) meter!.Written(clock.GetElapsedTime(started));
        if (evictions.Count > 0)
            foreach (var observer in _observers) observer.Committed(evictions);
        return result;
    }

    /// <summary>Between the works of one who writes without end: others that wait go first.</summary>
    public Task YieldAsync(CancellationToken ct) => engine.YieldAsync(TimeSpan.FromMilliseconds(500), ct);

    public Task RunAsync(Func<WriteScope, CancellationToken, Task> work, CancellationToken ct) => RunAsync(async (scope, token) =>
    {
        await work(scope, token);
        return true;
    }, ct);
}

/// <summary>One write under way: the database, and what else must be true once it is committed.</summary>
internal sealed class WriteScope(BroadsheetDb db, IDatabaseEngine engine, DateTimeOffset now)
{
    private readonly Dictionary<string, bool> _tags = new(StringComparer.Ordinal);
    private readonly List<Statement> _later = [];

    public BroadsheetDb Db => db;
    public DateTimeOffset Now => now;

    /// <summary>Words under this tag were changed, removed or held: no reader may get the old page.</summary>
    public void Evict(string tag) => _tags[tag] = true;

    /// <summary>Only counts shown elsewhere changed: a page may be a few seconds behind.</summary>
    public void EvictSoon(string tag) => _tags.TryAdd(tag, false);

    /// <summary>Asks for work after this change; it is written with it, and done even if the program stops now.</summary>
    public void Enqueue(string job, string payload = "{}", DateTimeOffset? dueAt = null) =>
        db.Outbox.Add(new OutboxRow { Job = job, Payload = payload, DueAt = dueAt ?? now });

    /// <summary>What was added so far gets its ids.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        if (_later.Count > 0) await engine.RunAsync(db, TakeLater(), ct);
        await db.SaveChangesAsync(ct);
    }

    public Task InsertManyAsync<T>(IReadOnlyList<T> rows, CancellationToken ct) where T : class => engine.InsertManyAsync(db, rows, ct);

    /// <summary>Inserts a few rows, untracked, and tells them their ids.</summary>
    public Task InsertAsync<T>(IReadOnlyList<T> rows, CancellationToken ct) where T : class => engine.InsertAsync(db, TakeLater(), rows, ct);

    /// <summary>Runs a statement that is the same for both databases, with values for <c>$1</c>, <c>$2</c> … in this order.</summary>
    /// <returns>The first number of its first row; null where there is none.</returns>
    public Task<long?> RunAsync(string sql, object?[] values, CancellationToken ct)
    {
        Later(sql, values);
        return engine.RunAsync(db, TakeLater(), ct);
    }

    /// <summary>
    /// As <see cref="RunAsync(string, object?[], CancellationToken)"/>, but nobody waits for what it says, and it says nothing (no <c>RETURNING</c>): it goes before the next statement that this
    /// scope is given, in the same round trip, and at the latest before the work's end. A query by <see cref="Db"/> until then does not see it.
    /// </summary>
    public void Later(string sql, params object?[] values) => _later.Add(new Statement(sql, values));

    public Task AdvanceSequencesAsync(CancellationToken ct) => engine.AdvanceSequencesAsync(db, ct);

    public Task ReserveIdsAsync<T>(long upTo, CancellationToken ct) where T : class => engine.ReserveIdsAsync<T>(db, upTo, ct);

    public Task<IReadOnlyList<long>> NewIdsAsync<T>(int count, CancellationToken ct) where T : class => engine.NewIdsAsync<T>(db, count, ct);

    internal async Task<List<Eviction>> SaveAsync(CancellationToken ct)
    {
        var evictions = _tags.Select(t => new Eviction { Tag = t.Key, Hard = t.Value, At = now }).ToList();
        if (db.ChangeTracker.HasChanges()) await FlushAsync(ct);
        await engine.InsertAsync(db, TakeLater(), evictions, ct);
        return evictions;
    }

    private Statement[] TakeLater()
    {
        if (_later.Count == 0) return [];
        Statement[] statements = [.. _later];
        _later.Clear();
        return statements;
    }
}
