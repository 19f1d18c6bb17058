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

    /// <returns>The rule that this request falls under, and the path that it was found by; null for none. It holds only where nothing stands.</returns>
    public async ValueTask<(RedirectRule Rule, string Path)?> FindAsync(HttpContext http, CancellationToken ct) => (await GetAsync(ct)).Find(http.Request.Path.Value ?? "/", http.Request.QueryString.Value ?? "");

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
