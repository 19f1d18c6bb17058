using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Broadsheet.Web.Data.Sqlite;

/// <summary>
/// Contexts for reading, each on a connection that stays open, so that its statements stay prepared. As many are kept as have read at once, up to about
/// <see cref="Most"/>; what nobody needed for a minute is closed, and its memory with it.
/// </summary>
internal sealed class SqliteContexts : IDisposable
{
    private const int Most = 64;

    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(1);

    private readonly Func<KeptConnection> _connect;
    private readonly IInterceptor[] _interceptors;
    private readonly ConcurrentStack<Place> _idle = new();
    private readonly Timer _trim;
    private volatile bool _isDisposed;
    private int _age;

    /// <param name="interceptors">See every statement.</param>
    public SqliteContexts(Func<KeptConnection> connect, IEnumerable<IInterceptor> interceptors)
    {
        _connect = connect;
        _interceptors = [new KeepStatements(), .. interceptors];
        _trim = new Timer(_ => Trim(), null, Unused / 4, Unused / 4);
    }

    public SqliteBroadsheetDb Open()
    {
        Place? place;
        while (_idle.TryPop(out place) && place.Age != Volatile.Read(ref _age)) place.Dispose();
        place ??= new Place(_connect(), _interceptors, Volatile.Read(ref _age));
        try
        {
            return place.Lend(TakeBack);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>After trouble with the storage: a file that was replaced or a disk that came back is seen anew by whoever reads from now on.</summary>
    public void Distrust() => Interlocked.Increment(ref _age);

    public void Dispose()
    {
        _isDisposed = true;
        _trim.Dispose();
        while (_idle.TryPop(out var place)) place.Dispose();
    }

    private void TakeBack(Place place)
    {
        // One on which a reading is still open sees the database as it was, and would go on seeing it so.
        if (_isDisposed || place.Connection.IsSuspect || place.Age != Volatile.Read(ref _age) || _idle.Count >= Most || place.Connection.IsReading)
        {
            place.Dispose();
            return;
        }
        place.UsedAt = Stopwatch.GetTimestamp();
        _idle.Push(place);
        if (_isDisposed) Dispose();
    }

    /// <summary>The one that was given back last is lent first, so that those below wait longest.</summary>
    private void Trim()
    {
        var all = new Place[2 * Most];
        var count = _idle.TryPopRange(all);
        for (var i = count - 1; i >= 0; i--)
        {
            if (Stopwatch.GetElapsedTime(all[i].UsedAt) > Unused) all[i].Dispose();
            else _idle.Push(all[i]);
        }
        if (_isDisposed) Dispose();
    }

    /// <summary>A connection with the one context that reads by it.</summary>
    private sealed class Place(KeptConnection connection, IInterceptor[] interceptors, int age) : IDisposable
    {
        private readonly PooledDbContextFactory<SqliteBroadsheetDb> _context = new(
            new DbContextOptionsBuilder<SqliteBroadsheetDb>().UseSqlite(connection).UseSnakeCaseNamingConvention().AddInterceptors(interceptors).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options, poolSize: 1);

        public KeptConnection Connection => connection;

        public int Age => age;

        public long UsedAt { get; set; }

        public SqliteBroadsheetDb Lend(Action<Place> takeBack)
        {
            var db = _context.CreateDbContext();
            db.Returned = () => takeBack(this);
            return db;
        }

        /// <summary>The context's pool holds nothing else that ends.</summary>
        public void Dispose() => connection.Dispose();
    }
}
