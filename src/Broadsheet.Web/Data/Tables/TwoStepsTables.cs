using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class TwoStepsTables : IEntityTypeConfiguration<TwoSteps>, IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<TwoSteps> table)
    {
        table.ToTable("two_steps");
        table.HasKey(t => t.PersonId);
        table.Property(t => t.PersonId).ValueGeneratedNever();
        table.HasOne<Person>().WithMany().HasForeignKey(t => t.PersonId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<RecoveryCode> table)
    {
        table.ToTable("recovery_codes");
        table.HasIndex(c => new { c.PersonId, c.Hash }).IsUnique();
        table.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
