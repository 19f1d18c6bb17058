using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class RedirectTables : IEntityTypeConfiguration<Redirection>, IEntityTypeConfiguration<MissedAddress>
{
    public void Configure(EntityTypeBuilder<Redirection> table)
    {
        table.ToTable("redirections");
        table.Ignore(r => r.Rule);
        table.HasIndex(r => r.Folded).IsUnique();
        table.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<MissedAddress> table)
    {
        table.ToTable("missed_addresses");
        table.HasKey(m => m.Path);
        table.HasIndex(m => m.LastAt);
    }
}
