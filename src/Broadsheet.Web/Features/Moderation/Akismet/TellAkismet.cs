using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;

namespace Broadsheet.Web.Features.Moderation.Akismet;

/// <summary>Tells Akismet what a moderator decided. Without a key there is nobody to tell.</summary>
/// <param name="client">Null without a key.</param>
internal sealed class TellAkismet(IDatabaseEngine engine, StoredSubmissions stored, AkismetClient? client) : IJob
{
    public string Name => AkismetLedger.TellJob;

    public async Task RunAsync(string payload, CancellationToken ct)
    {
        if (client is null || payload.Split(':') is not [var word, var text] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return;
        await using var db = engine.Open();
        if (await stored.ReadAsync(db, id, ct) is not { Submission: { Place: { } place } submission } found) return;
        var guid = found.Results.FirstOrDefault(r => r.Check == AkismetLedger.CheckName)?.Note?.Split(' ')[0];
        if (await client.TellAsync(word == "spam", AkismetForm.Of(client.Options, submission, place, null, guid == "-" ? null : guid), ct) is { } problem) throw new InvalidOperationException($"Akismet: {problem.Message}");
    }
}
