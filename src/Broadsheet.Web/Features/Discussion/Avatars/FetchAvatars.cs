using System.Security.Cryptography;
using System.Text;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Outbound;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion.Avatars;

/// <summary>Where pictures of commenters are asked for (<c>Gravatar:Endpoint</c>), with a slash at the end.</summary>
internal sealed record GravatarAddress(string Endpoint)
{
    public const string Usual = "https://www.gravatar.com/avatar/";
}

/// <summary>
/// Where the publication wishes it: asks Gravatar, once for each commenter with an address whose comment is shown, for their picture, and keeps a small
/// copy of our own making. Gravatar learns the address's SHA-256 from this server, and nothing of readers. Asked again a month later, or a day later
/// where there was none, when they comment again. Of those who have uploaded a picture, nothing is asked.
/// </summary>
internal sealed class FetchAvatars(IDatabaseEngine engine, Writes writes, PublicationStore publications, GuardedHttp http, GravatarAddress gravatar, JobPace pace, TimeProvider clock) : IRecurring
{
    private const int Batch = 20;
    private const int Size = 96;
    private static readonly OutboundLimits Limits = new(1 << 20, TimeSpan.FromSeconds(10), MaxRedirects: 3);

    public TimeSpan Every => 10 * pace.Look;

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var publication = await publications.GetAsync(ct);
        if (!publication.Gravatar || publication.Secret.Length == 0) return false;
        await using var db = engine.Open();
        var after = await db.Avatars.MaxAsync(a => (long?)a.CommentId, ct) ?? 0;
        // By id, held ones too: one that waits is passed, and looked at when its author writes again.
        var rows = await db.Comments.Where(c => c.Id > after && c.Kind == CommentKind.Comment).OrderBy(c => c.Id).Take(Batch).AsRows().ToListAsync(ct);
        foreach (var row in rows) await LookAsync(db, publication, row, ct);
        return rows.Count == Batch;
    }

    private async Task LookAsync(BroadsheetDb db, Publication publication, CommentRow row, CancellationToken ct)
    {
        var key = AuthorKeys.Of(publication, row);
        var known = await db.Avatars.Where(a => a.AuthorKey == key).Select(a => new { a.FetchedAt, Has = a.Picture != null, IsOwn = a.PersonId != null }).FirstOrDefaultAsync(ct);
        var isDue = row is { Standing: Standing.Shown, EmailFolded.Length: > 0 } && (known is null || !known.IsOwn && clock.GetUtcNow() - known.FetchedAt > TimeSpan.FromDays(known.Has ? 30 : 1));
        var picture = isDue ? await FetchAsync(row.EmailFolded, ct) : null;
        await writes.RunAsync((scope, token) => PictureLedger.FetchedAsync(scope, key, picture, isDue, row.Id, token), ct);
    }

    private async Task<byte[]?> FetchAsync(string email, CancellationToken ct)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email.Trim())));
        var fetched = await http.GetAsync($"{gravatar.Endpoint}{hash}?s={Size}&d=404&r=pg", Limits, async (_, body, token) =>
        {
            using var copy = new MemoryStream();
            await body.CopyToAsync(copy, token);
            return copy.ToArray();
        }, ct);
        return fetched.Problem is null && AvatarPicture.Draw(fetched.Value, Size, PictureCut.Middle) is { Problem: null, Value: var picture } ? picture : null;
    }
}
