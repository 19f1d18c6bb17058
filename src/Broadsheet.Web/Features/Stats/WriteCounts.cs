using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Stats;

/// <summary>Writes what was counted every ten seconds, and when the program ends: a program that is killed loses ten seconds of it, and nothing else.</summary>
internal sealed class WriteCounts(ViewCounts counts, IDatabaseEngine engine, Writes writes) : IRecurring, IHostedService
{
    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var taken = counts.Take();
        if (taken.Count == 0) return false;
        try
        {
            var rows = await KnownAsync(taken, ct);
            await writes.RunAsync((scope, _) =>
            {
                foreach (var row in rows) StatLedger.Add(scope, row);
                return Task.CompletedTask;
            }, ct);
        }
        catch
        {
            counts.PutBack(taken);
            throw;
        }
        return false;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);

    /// <summary>Without articles that readers cannot see, by whatever was sent; with the sums of each day.</summary>
    private async Task<List<StatRow>> KnownAsync(IReadOnlyList<StatRow> taken, CancellationToken ct)
    {
        var asked = taken.Select(r => r.ArticleId).Where(id => id != 0).Distinct().ToList();
        await using var db = engine.Open();
        var known = asked.Count == 0 ? [] : (await db.PublicPages().Where(a => asked.Contains(a.Id)).Select(a => a.Id).ToListAsync(ct)).ToHashSet();
        var rows = taken.Where(r => r.ArticleId == 0 || known.Contains(r.ArticleId)).ToList();
        rows.AddRange(rows.Where(r => r.Kind is StatKind.Article or StatKind.Page).GroupBy(r => r.Day).Select(day => day.Aggregate(new StatRow { Kind = StatKind.Total, Day = day.Key }, (sum, row) =>
        {
            sum.Add(row);
            return sum;
        })).ToList());
        return rows;
    }
}
