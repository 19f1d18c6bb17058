using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class DecisionTable : IEntityTypeConfiguration<Decision>
{
    public void Configure(EntityTypeBuilder<Decision> table)
    {
        table.ToTable("decisions");
        table.HasIndex(d => new { d.CommentId, d.Id });
        // One's own, newest first.
        table.HasIndex(d => new { d.PersonId, d.Id });
        table.HasIndex(d => new { d.RunId, d.Id }).HasFilter("run_id IS NOT NULL");
        table.HasIndex(d => d.At);
        table.HasIndex(d => d.Undoes).HasFilter("undoes IS NOT NULL");
        // The comment may be deleted; what was decided on it stays.
        table.HasOne<Person>().WithMany().HasForeignKey(d => d.PersonId).OnDelete(DeleteBehavior.SetNull);
    }
}
