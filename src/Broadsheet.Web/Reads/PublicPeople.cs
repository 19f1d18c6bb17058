using System.Collections.Frozen;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>Who has uploaded a picture, and which is their newest; who has a page: asked for with every comment, so held in memory, without the pictures.</summary>
/// <param name="pages">The slugs of those who agreed to a page of their own.</param>
internal sealed class PublicPeople(IReadOnlyDictionary<long, int> versions, IReadOnlyDictionary<long, string> pages)
{
    /// <returns>Null where this person has uploaded none; for guests, too.</returns>
    public int? PictureOf(long? personId) => personId is { } id && versions.TryGetValue(id, out var version) ? version : null;

    /// <returns>The path of their page; null where they have none.</returns>
    public string? PageOf(long? personId) => personId is { } id && pages.TryGetValue(id, out var slug) ? Links.ToReader(slug) : null;
}

/// <summary>Keeps the <see cref="PublicPeople"/>; reads them again after a change.</summary>
internal sealed class PublicPeopleStore : ICommitObserver
{
    private readonly Remembered<PublicPeople> _current;

    public PublicPeopleStore(IDatabaseEngine engine) => _current = new(() => ReadAsync(engine));

    public ValueTask<PublicPeople> GetAsync(CancellationToken ct) => _current.GetAsync(ct);

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        if (evictions.Any(e => e.Tag == PictureLedger.Tag)) _current.Forget();
    }

    public void Missed() => _current.Forget();

    private static async Task<PublicPeople> ReadAsync(IDatabaseEngine engine)
    {
        await using var db = engine.Open();
        var rows = await db.Avatars.Where(a => a.PersonId != null).Select(a => new { Id = a.PersonId!.Value, a.Version }).ToListAsync();
        var pages = await db.Users.Where(p => p.HasPage).Select(p => new { p.Id, p.Slug }).ToListAsync();
        return new PublicPeople(rows.GroupBy(r => r.Id).ToFrozenDictionary(g => g.Key, g => g.Max(r => r.Version)), pages.ToFrozenDictionary(p => p.Id, p => p.Slug));
    }
}
