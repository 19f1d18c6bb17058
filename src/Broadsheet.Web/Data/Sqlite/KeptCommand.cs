using Microsoft.Data.Sqlite;

namespace Broadsheet.Web.Data.Sqlite;

/// <summary>A command whose statements stay prepared: who disposes it gives it back. SQLite takes longer to prepare most of a page's statements than to run them.</summary>
internal sealed class KeptCommand : SqliteCommand
{
    private bool _isEnding;

    public bool IsLent { get; private set; }

    /// <summary>Told when it is given back; null for nobody.</summary>
    public Action<KeptCommand>? GivenBack { get; init; }

    public void Lend(SqliteCommand like)
    {
        IsLent = true;
        (Transaction, CommandTimeout) = (like.Transaction, like.CommandTimeout);
        foreach (SqliteParameter parameter in like.Parameters) Parameters.Add(parameter);
    }

    public void End()
    {
        _isEnding = true;
        Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        if (_isEnding || !disposing)
        {
            base.Dispose(disposing);
            return;
        }
        if (!IsLent) return;
        DataReader?.Dispose();
        Parameters.Clear();
        Transaction = null;
        IsLent = false;
        GivenBack?.Invoke(this);
    }
}
