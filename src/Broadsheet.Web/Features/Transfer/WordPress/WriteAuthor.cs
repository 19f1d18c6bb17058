using Broadsheet.Core.People;
using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>Writes an author. Who is here already, by an earlier import, login or e-mail address, is left as they are.</summary>
internal sealed class WriteAuthor(WxrAuthor author, long ordinal, bool isDeclared, ImportedIds ids) : IImportStep
{
    public async Task<bool> WriteAsync(WriteScope scope, ImportProgress progress, CancellationToken ct)
    {
        var found = await FindAsync(scope.Db, ct);
        var id = (found ?? await new ImportedPerson(author.Id, author.Login, author.Email, NameOf(), "", Role.Author).AddAsync(scope, ct)).Id;
        ids.Logins[author.Login] = id;
        if (author.Id is { } old && ids.People.TryAdd(old, id)) scope.Db.MappedIds.Add(new MappedId { Kind = MappedKind.Person, Source = ids.Source, OldId = old, NewId = id });
        if (!isDeclared) progress.ImpliedNames += found is null ? 1 : 0;
        else if (found is null) progress.Authors.Written++;
        else progress.Authors.Present++;
        progress.Finish(ordinal);
        return true;
    }

    /// <summary>After an interruption: who stands for this author.</summary>
    public async Task RecallAsync(BroadsheetDb db, CancellationToken ct)
    {
        if (await FindAsync(db, ct) is { } person) ids.Logins[author.Login] = person.Id;
    }

    private async Task<Person?> FindAsync(BroadsheetDb db, CancellationToken ct)
    {
        var (login, email) = (ImportedPerson.Fold(author.Login), ImportedPerson.Fold(author.Email));
        if (author.Id is { } old && ids.People.TryGetValue(old, out var known) && await db.Users.AsNoTracking().FirstOrDefaultAsync(p => p.Id == known, ct) is { } mapped) return mapped;
        if (await db.Users.AsNoTracking().FirstOrDefaultAsync(p => p.NormalizedUserName == login, ct) is { } same) return same;
        // Two authors of the source may share an address: then they are two.
        return email.Length == 0 ? null : await db.Users.AsNoTracking().FirstOrDefaultAsync(p => p.NormalizedEmail == email && !db.MappedIds.Any(m => m.Kind == MappedKind.Person && m.Source == ids.Source && m.NewId == p.Id), ct);
    }

    private string NameOf() => StoredName.Plain(author.DisplayName) is { Length: > 0 } shown ? shown : StoredName.Plain($"{author.FirstName} {author.LastName}").Trim() is { Length: > 0 } name ? name : author.Login;
}
