using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>Every statement that the site sends to its database.</summary>
public sealed class StatementCounter : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> _statements = new();
    private readonly ConcurrentQueue<(string Statement, string Plan)> _plans = new();

    /// <summary>What precedes a statement so that the database tells how it would go about it; null: it is not asked.</summary>
    public string? Explain { get; set; }

    /// <summary>Readers' statements since <see cref="Reset"/>, with the ways that the database chose.</summary>
    public IReadOnlyList<(string Statement, string Plan)> Plans => [.. _plans.Where(p => !Background.Any(mark => p.Statement.Contains(mark, StringComparison.Ordinal)))];

    /// <summary>Marks of what runs in the background: evictions of other processes, the indexer, the outbox, the mail that is due, what is due to be published, the queues made short, the outlets whose turn it is, the originals to be looked at again.</summary>
    private static readonly string[] Background = ["evictions", "search_pending", "outbox", "mails", "\"published_at\" <= @now", "published_at <= @now", "next_poll_at\" <= @now", "next_poll_at <= @now", "original_checks", "queue_counts\" AS \"q\"\nORDER BY", "queue_counts AS q\nORDER BY"];

    /// <summary>Those that readers' requests caused.</summary>
    public IReadOnlyList<string> Statements => [.. _statements.Where(s => !Background.Any(mark => s.Contains(mark, StringComparison.Ordinal)))];

    /// <summary>Those in the background, too.</summary>
    public IReadOnlyList<string> All => [.. _statements];

    public void Reset()
    {
        _statements.Clear();
        _plans.Clear();
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        _statements.Enqueue(command.CommandText);
        if (Explain is { } explain) _plans.Enqueue((command.CommandText, await PlanAsync(command, explain, cancellationToken)));
        return result;
    }

    private static async Task<string> PlanAsync(DbCommand command, string explain, CancellationToken ct)
    {
        var parameters = command.Parameters.Cast<DbParameter>().ToArray();
        await using var question = command.Connection!.CreateCommand();
        question.CommandText = $"{explain} {command.CommandText}";
        question.Transaction = command.Transaction;
        // A parameter belongs to one command at a time.
        command.Parameters.Clear();
        question.Parameters.AddRange(parameters);
        var lines = new List<string>();
        await using (var reader = await question.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) lines.Add(reader.GetString(reader.FieldCount - 1));
        question.Parameters.Clear();
        command.Parameters.AddRange(parameters);
        return string.Join('\n', lines);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        _statements.Enqueue(command.CommandText);
        return result;
    }
}
