using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Holds the settings in memory; a change anywhere evicts <see cref="Tag"/>, and they are read again.</summary>
internal sealed class PublicationStore : ICommitObserver
{
    /// <summary>The page cache's tag for what every page shows: title, menus, settings.</summary>
    public const string Tag = "publication";

    private readonly Remembered<Publication> _current;

    public PublicationStore(IDatabaseEngine engine) => _current = new(async () =>
    {
        await using var db = engine.Open();
        return Read(await db.Settings.Select(s => s.Json).FirstOrDefaultAsync());
    });

    public ValueTask<Publication> GetAsync(CancellationToken ct) => _current.GetAsync(ct);

    /// <summary>Changes the settings within a write.</summary>
    public static async Task<Publication> ChangeAsync(WriteScope scope, Func<Publication, Publication> change, CancellationToken ct)
    {
        // Held until the commit: on PostgreSQL, a job and an editor who change different things at one moment come one after the other.
        await scope.Db.Settings.ExecuteUpdateAsync(set => set.SetProperty(s => s.Version, s => s.Version), ct);
        var row = await scope.Db.Settings.AsTracking().FirstOrDefaultAsync(ct);
        if (row is null) scope.Db.Settings.Add(row = new SettingsRow { Id = 1 });
        var changed = change(Read(row.Json));
        row.Json = JsonSerializer.Serialize(changed, SettingsJson.Default.Publication);
        row.Version++;
        scope.Evict(Tag);
        return changed;
    }

    /// <summary>A publication that is started for the first time gets the secret that its marks are keyed with.</summary>
    public async Task EnsureSecretAsync(Writes writes, CancellationToken ct)
    {
        if ((await GetAsync(ct)).Secret.Length > 0) return;
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await writes.RunAsync(async (scope, token) => { await ChangeAsync(scope, p => p.Secret.Length > 0 ? p : p with { Secret = secret }, token); }, ct);
        _current.Forget();
    }

    /// <summary>A backup was restored: the publication goes on from there, under a new <see cref="Publication.Edition"/>.</summary>
    public static Task BeginEditionAsync(Writes writes, CancellationToken ct) =>
        writes.RunAsync(async (scope, token) => { await ChangeAsync(scope, p => p with { Edition = RandomNumberGenerator.GetHexString(16, lowercase: true) }, token); }, ct);

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        if (evictions.Any(e => e.Tag == Tag)) _current.Forget();
    }

    public void Missed() => _current.Forget();

    private static Publication Read(string? json) => json is null ? new Publication() : JsonSerializer.Deserialize(json, SettingsJson.Default.Publication) ?? new Publication();
}

[JsonSerializable(typeof(Publication))]
internal sealed partial class SettingsJson : JsonSerializerContext;
