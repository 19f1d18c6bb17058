using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>Someone who was known in WordPress and is not here yet.</summary>
/// <param name="Id">Kept where it is free; null where the source does not say.</param>
/// <param name="Nicename">WordPress's <c>user_nicename</c>; empty where the source does not say: made of the login.</param>
internal sealed record ImportedPerson(long? Id, string Login, string Email, string Name, string Nicename, Role Role)
{
    public string Url { get; init; } = "";
    public string? PasswordHash { get; init; }

    /// <summary>Null: now.</summary>
    public DateTimeOffset? JoinedAt { get; init; }

    public async Task<Person> AddAsync(WriteScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var keepsId = Id is > 0 and <= FirstPass.MaxId and { } old && !await db.Users.AnyAsync(p => p.Id == old, ct);
        var person = new Person
        {
            Id = keepsId ? Id!.Value : 0,
            UserName = Login,
            NormalizedUserName = Fold(Login),
            Email = Email.Length > 0 ? Email : null,
            NormalizedEmail = Email.Length > 0 ? Fold(Email) : null,
            SecurityStamp = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            LockoutEnabled = true,
            DisplayName = Name,
            Slug = await SlugAsync(db, ct),
            Role = Role,
            Url = Url,
            PasswordHash = PasswordHash,
            JoinedAt = JoinedAt ?? scope.Now,
        };
        db.Users.Add(person);
        await scope.FlushAsync(ct);
        await NameLedger.HoldAsync(scope, person, isChosen: false, ct);
        scope.Evict(SiteIndex.Tag);
        return person;
    }

    /// <summary>As Identity's own normaliser does.</summary>
    public static string Fold(string text) => text.Normalize().ToUpperInvariant();

    /// <summary>An export does not hold the nicename: the login with what no address likes left out.</summary>
    private async Task<string> SlugAsync(BroadsheetDb db, CancellationToken ct)
    {
        var nicename = new StringBuilder();
        foreach (var c in (Nicename.Length > 0 ? Nicename : Login).Normalize(NormalizationForm.FormC).ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c) || c == '_') nicename.Append(c);
            else if (c is '.' or ' ' or '-' or '/' && nicename.Length > 0 && nicename[^1] != '-') nicename.Append('-');
        }
        var wanted = nicename.ToString().Trim('-') is { Length: > 0 } good ? good : "author";
        if (wanted.Length > 50) wanted = wanted[..50];
        var slug = wanted;
        for (var n = 2; await db.Users.AnyAsync(p => p.Slug == slug, ct); n++) slug = string.Create(CultureInfo.InvariantCulture, $"{wanted}-{n}");
        return slug;
    }
}
