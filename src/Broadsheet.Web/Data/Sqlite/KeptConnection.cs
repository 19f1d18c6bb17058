using Microsoft.Data.Sqlite;

namespace Broadsheet.Web.Data.Sqlite;

/// <summary>A connection that stays open, with the statements that stay prepared on it. One reads at a time.</summary>
internal sealed class KeptConnection(string connectionString) : SqliteConnection(connectionString)
{
    /// <summary>As many stay prepared; then those that are not running are let go. Every page of the publication needs fewer.</summary>
    private const int Most = 150;

    private readonly Dictionary<string, KeptCommand> _kept = new(StringComparer.Ordinal);

    /// <summary>Of words that are running already: each ends when it is given back.</summary>
    private readonly HashSet<KeptCommand> _beside = [];

    /// <summary>Something failed on it: a file that was replaced or a disk that came back is to be seen anew.</summary>
    public bool IsSuspect { get; set; }

    /// <summary>A reading has not come to its end: it holds the database as it was then.</summary>
    public bool IsReading => _beside.Count > 0 || _kept.Values.Any(c => c.IsLent);

    /// <summary>The command that has these words already, with the values of <paramref name="fresh"/>; one of its own where that one is running.</summary>
    public SqliteCommand Exchange(SqliteCommand fresh)
    {
        if (!_kept.TryGetValue(fresh.CommandText, out var command))
        {
            if (_kept.Count >= Most) LetGo();
            _kept[fresh.CommandText] = command = new KeptCommand { Connection = this, CommandText = fresh.CommandText };
        }
        if (command.IsLent) _beside.Add(command = new KeptCommand { Connection = this, CommandText = fresh.CommandText, GivenBack = EndBeside });
        command.Lend(fresh);
        fresh.Parameters.Clear();
        fresh.Dispose();
        return command;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) foreach (var command in _kept.Values.Concat(_beside).ToArray()) command.End();
        _kept.Clear();
        _beside.Clear();
        base.Dispose(disposing);
    }

    private void EndBeside(KeptCommand command)
    {
        _beside.Remove(command);
        command.End();
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
