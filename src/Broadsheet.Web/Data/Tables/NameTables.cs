using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class HeldNameTable : IEntityTypeConfiguration<HeldName>
{
    public void Configure(EntityTypeBuilder<HeldName> table)
    {
        table.ToTable("held_names");
        // No two people hold one name.
        table.HasKey(n => n.Key);
        table.HasIndex(n => n.PersonId);
    }
}

internal sealed class NameChangeTable : IEntityTypeConfiguration<NameChange>
{
    public void Configure(EntityTypeBuilder<NameChange> table)
    {
        table.ToTable("name_changes");
        table.HasIndex(c => new { c.PersonId, c.At });
    }
}
