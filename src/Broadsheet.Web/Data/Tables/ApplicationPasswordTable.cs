using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class ApplicationPasswordTable : IEntityTypeConfiguration<ApplicationPassword>
{
    public void Configure(EntityTypeBuilder<ApplicationPassword> table)
    {
        table.ToTable("application_passwords");
        table.HasKey(a => a.Uuid);
        table.Property(a => a.Uuid).ValueGeneratedNever();
        table.HasIndex(a => a.Hash).IsUnique();
        // Their owner tells them apart by it.
        table.HasIndex(a => new { a.PersonId, a.Name }).IsUnique();
        table.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
