using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Broadsheet.Web.Data.Sqlite;

/// <summary>A connection that stays open, with the statements that stay prepared on it. One reads at a time.</summary>
internal sealed class KeptConnection(string connectionString) : SqliteConnection(connectionString)
{
    /// <summary>As many stay prepared; then those that are not running are let go. Every page of the publication needs fewer.</summary>
    private const int Most = 150;

    private readonly Dictionary<string, KeptCommand> _kept = new(StringComparer.Ordinal);

    /// <summary>Something failed on it: a file that was replaced or a disk that came back is to be seen anew.</summary>
    public bool IsSuspect { get; set; }

    /// <summary>A statement has begun and has not come to its end: it holds the database as it was then.</summary>
    public bool IsReading
    {
        get
        {
            if (Handle is not { } handle) return false;
            for (var statement = raw.sqlite3_next_stmt(handle, null); statement is { IsInvalid: false }; statement = raw.sqlite3_next_stmt(handle, statement))
                if (raw.sqlite3_stmt_busy(statement) != 0) return true;
            return false;
        }
    }

    public override void Open()
    {
        base.Open();
        Handle!.enable_sqlite3_next_stmt(true);
    }

    /// <summary>The command that has these words already, with the values of <paramref name="fresh"/>; <paramref name="fresh"/> itself where that one is running.</summary>
    public SqliteCommand Exchange(SqliteCommand fresh)
    {
        if (!_kept.TryGetValue(fresh.CommandText, out var command))
        {
            if (_kept.Count >= Most) LetGo();
            _kept[fresh.CommandText] = command = new KeptCommand { Connection = this, CommandText = fresh.CommandText };
        }
        if (command.IsLent) return fresh;
        command.Lend(fresh);
        fresh.Parameters.Clear();
        fresh.Dispose();
        return command;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) foreach (var command in _kept.Values) command.End();
        _kept.Clear();
        base.Dispose(disposing);
    }

    private void LetGo()
    {
        foreach (var (text, command) in _kept.ToArray())
        {
            if (command.IsLent) continue;
            command.End();
            _kept.Remove(text);
        }
    }
}
