using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class PersonTable : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> table)
    {
        table.ToTable("people");
        table.HasIndex(p => p.Slug).IsUnique();
        table.HasIndex(p => p.LeavesAt).HasFilter("leaves_at IS NOT NULL");
    }
}
