using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Reads;

/// <summary>How far a writer is known, as their next comment would be judged.</summary>
internal sealed class WriterLevels(WriterFacts writers)
{
    /// <param name="person">Null for a guest.</param>
    /// <returns>Null where nothing tells who it is.</returns>
    public async Task<WriterStanding?> OfAsync(Publication publication, Person? person, string name, string email, DateTimeOffset now, CancellationToken ct)
    {
        if (person is null && email.Length == 0) return null;
        var read = CommentDraft.Read(new CommentFields(0, null, "-", name, email, null), nameAndEmailRequired: false);
        if (read.Problem is not null) return null;
        var origin = new CommentOrigin(person?.Id, "", "", now, publication.Local(now));
        return WriterStanding.Of(person?.Role, await writers.ReadAsync(read.Value, origin, null, publication.Rules, person?.Trust ?? CommenterTrust.Usual, null, ct));
    }
}
