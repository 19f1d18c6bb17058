using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

/// <summary>What waits for moderators, and what they do to many at once.</summary>
internal sealed class QueueTables : IEntityTypeConfiguration<QueueCount>, IEntityTypeConfiguration<ReportedComment>, IEntityTypeConfiguration<BulkRun>
{
    public void Configure(EntityTypeBuilder<QueueCount> table) => table.ToTable("queue_counts");

    public void Configure(EntityTypeBuilder<ReportedComment> table)
    {
        table.ToTable("reported_comments");
        table.HasKey(r => r.CommentId);
        table.HasIndex(r => new { r.Weight, r.CommentId });
        table.HasOne<Comment>().WithOne().HasForeignKey<ReportedComment>(r => r.CommentId);
    }

    public void Configure(EntityTypeBuilder<BulkRun> table)
    {
        table.ToTable("bulk_runs");
        table.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.SetNull);
    }
}
