using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>Keeps the rules for addresses at which nothing is; reads them again after a change.</summary>
internal sealed class RedirectStore : ICommitObserver
{
    private readonly Remembered<RedirectRules> _current;

    public RedirectStore(IDatabaseEngine engine) => _current = new(() => ReadAsync(engine));

    public ValueTask<RedirectRules> GetAsync(CancellationToken ct) => _current.GetAsync(ct);

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        if (evictions.Any(e => e.Tag == RedirectLedger.Tag)) _current.Forget();
    }

    public void Missed() => _current.Forget();

    private static async Task<RedirectRules> ReadAsync(IDatabaseEngine engine)
    {
        await using var db = engine.Open();
        return new RedirectRules(await db.Redirections.Select(r => new RedirectRule(r.Source, r.Target, r.Kind)).ToListAsync());
    }
}
