using System.Security.Cryptography;
using System.Text;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>Writes an author. Who is here already, by an earlier import, login or e-mail address, is left as they are.</summary>
internal sealed class WriteAuthor(WxrAuthor author, long ordinal, bool isDeclared, ImportedIds ids) : IImportStep
{
    public async Task<bool> WriteAsync(WriteScope scope, ImportProgress progress, CancellationToken ct)
    {
        var found = await FindAsync(scope.Db, ct);
        var id = found?.Id ?? await AddAsync(scope, ct);
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
        var (login, email) = (Fold(author.Login), Fold(author.Email));
        if (author.Id is { } old && ids.People.TryGetValue(old, out var known) && await db.Users.AsNoTracking().FirstOrDefaultAsync(p => p.Id == known, ct) is { } mapped) return mapped;
        if (await db.Users.AsNoTracking().FirstOrDefaultAsync(p => p.NormalizedUserName == login, ct) is { } same) return same;
        // Two authors of the source may share an address: then they are two.
        return email.Length == 0 ? null : await db.Users.AsNoTracking().FirstOrDefaultAsync(p => p.NormalizedEmail == email && !db.MappedIds.Any(m => m.Kind == MappedKind.Person && m.Source == ids.Source && m.NewId == p.Id), ct);
    }

    private async Task<long> AddAsync(WriteScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var keepsId = author.Id is > 0 and <= FirstPass.MaxId and { } old && !await db.Users.AnyAsync(p => p.Id == old, ct);
        var person = new Person
        {
            Id = keepsId ? author.Id!.Value : 0,
            UserName = author.Login,
            NormalizedUserName = Fold(author.Login),
            Email = author.Email.Length > 0 ? author.Email : null,
            NormalizedEmail = author.Email.Length > 0 ? Fold(author.Email) : null,
            SecurityStamp = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            LockoutEnabled = true,
            DisplayName = NameOf(),
            Slug = await SlugAsync(db, ct),
            Role = Role.Author,
            JoinedAt = scope.Now,
        };
        db.Users.Add(person);
        await scope.FlushAsync(ct);
        scope.Evict(SiteIndex.Tag);
        return person.Id;
    }

    private string NameOf() => StoredName.Plain(author.DisplayName) is { Length: > 0 } shown ? shown : StoredName.Plain($"{author.FirstName} {author.LastName}").Trim() is { Length: > 0 } name ? name : author.Login;

    /// <summary>WordPress's <c>user_nicename</c>, which an export does not hold: the login with what no address likes left out.</summary>
    private async Task<string> SlugAsync(BroadsheetDb db, CancellationToken ct)
    {
        var nicename = new StringBuilder();
        foreach (var c in author.Login.Normalize(NormalizationForm.FormC).ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c) || c == '_') nicename.Append(c);
            else if (c is '.' or ' ' or '-' or '/' && nicename.Length > 0 && nicename[^1] != '-') nicename.Append('-');
        }
        var wanted = nicename.ToString().Trim('-') is { Length: > 0 } good ? good : "author";
        if (wanted.Length > 50) wanted = wanted[..50];
        var slug = wanted;
        for (var n = 2; await db.Users.AnyAsync(p => p.Slug == slug, ct); n++) slug = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{wanted}-{n}");
        return slug;
    }

    /// <summary>As Identity's own normaliser does.</summary>
    private static string Fold(string text) => text.Normalize().ToUpperInvariant();
}
