using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>Every statement that the site sends to its database.</summary>
public sealed class StatementCounter : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> _statements = new();

    /// <summary>Marks of what runs in the background: evictions of other processes, the indexer, the outbox, what is due to be published.</summary>
    private static readonly string[] Background = ["evictions", "search_pending", "outbox", "\"published_at\" <= @now", "published_at <= @now"];

    /// <summary>Those that readers' requests caused.</summary>
    public IReadOnlyList<string> Statements => [.. _statements.Where(s => !Background.Any(mark => s.Contains(mark, StringComparison.Ordinal)))];

    public void Reset() => _statements.Clear();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        _statements.Enqueue(command.CommandText);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        _statements.Enqueue(command.CommandText);
        return result;
    }
}
