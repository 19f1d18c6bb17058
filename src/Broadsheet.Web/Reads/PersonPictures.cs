using System.Collections.Frozen;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>Who has uploaded a picture, and which is their newest: asked for with every comment, so held in memory, without the pictures.</summary>
internal sealed class PersonPictures(IReadOnlyDictionary<long, int> versions)
{
    /// <returns>Null where this person has uploaded none; for guests, too.</returns>
    public int? VersionOf(long? personId) => personId is { } id && versions.TryGetValue(id, out var version) ? version : null;
}

/// <summary>Keeps the <see cref="PersonPictures"/>; reads them again after a change.</summary>
internal sealed class PersonPictureStore : ICommitObserver
{
    private readonly Remembered<PersonPictures> _current;

    public PersonPictureStore(IDatabaseEngine engine) => _current = new(() => ReadAsync(engine));

    public ValueTask<PersonPictures> GetAsync(CancellationToken ct) => _current.GetAsync(ct);

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        if (evictions.Any(e => e.Tag == PictureLedger.Tag)) _current.Forget();
    }

    public void Missed() => _current.Forget();

    private static async Task<PersonPictures> ReadAsync(IDatabaseEngine engine)
    {
        await using var db = engine.Open();
        var rows = await db.Avatars.Where(a => a.PersonId != null).Select(a => new { Id = a.PersonId!.Value, a.Version }).ToListAsync();
        return new PersonPictures(rows.GroupBy(r => r.Id).ToFrozenDictionary(g => g.Key, g => g.Max(r => r.Version)));
    }
}
