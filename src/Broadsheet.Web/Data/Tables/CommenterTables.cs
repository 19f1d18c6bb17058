using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

/// <summary>What moderators say to commenters, and of them.</summary>
internal sealed class CommenterTables : IEntityTypeConfiguration<Warning>, IEntityTypeConfiguration<StaffNote>
{
    public void Configure(EntityTypeBuilder<Warning> table)
    {
        table.ToTable("warnings");
        table.HasIndex(w => new { w.PersonId, w.ReadAt });
        table.HasOne<Person>().WithMany().HasForeignKey(w => w.PersonId).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Person>().WithMany().HasForeignKey(w => w.ById).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<StaffNote> table)
    {
        table.ToTable("staff_notes");
        table.HasIndex(n => new { n.PersonId, n.Id });
        table.HasOne<Person>().WithMany().HasForeignKey(n => n.PersonId).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Person>().WithMany().HasForeignKey(n => n.ById).OnDelete(DeleteBehavior.SetNull);
    }
}
