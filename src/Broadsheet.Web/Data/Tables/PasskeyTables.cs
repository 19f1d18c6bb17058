using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class PasskeyTables : IEntityTypeConfiguration<Passkey>, IEntityTypeConfiguration<SpentChallenge>
{
    public void Configure(EntityTypeBuilder<Passkey> table)
    {
        table.ToTable("passkeys");
        table.HasIndex(p => p.CredentialId).IsUnique();
        table.HasIndex(p => p.PersonId);
        table.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<SpentChallenge> table)
    {
        table.ToTable("spent_challenges");
        table.HasKey(s => s.Hash);
        table.HasIndex(s => s.ExpiresAt);
    }
}
