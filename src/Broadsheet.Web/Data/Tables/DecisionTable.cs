using Broadsheet.Core.Discussion;
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
        table.HasOne<Comment>().WithMany().HasForeignKey(d => d.CommentId);
        table.HasOne<Person>().WithMany().HasForeignKey(d => d.PersonId).OnDelete(DeleteBehavior.SetNull);
    }
}
