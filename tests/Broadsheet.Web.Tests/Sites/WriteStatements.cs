using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>The statements of one write under way, which no interceptor of the site sees.</summary>
internal sealed class WriteStatements : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly DbContext _db;
    private readonly List<IDisposable> _subscriptions = [];

    private WriteStatements(DbContext db)
    {
        _db = db;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public static async Task<WriteStatements> ListenAsync(DbContext db)
    {
        var listening = new WriteStatements(db);
        // For a second, a context remembers that nobody listened when it was last used; contexts are pooled.
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        return listening;
    }

    public List<string> Statements { get; } = [];

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) _subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuting.Name && value.Value is CommandEventData data && ReferenceEquals(data.Context, _db)) Statements.Add(data.Command.CommandText);
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose() => _subscriptions.ForEach(s => s.Dispose());
}
