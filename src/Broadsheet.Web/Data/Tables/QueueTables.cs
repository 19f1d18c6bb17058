using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

/// <summary>What waits for moderators, and what they do to many at once.</summary>
internal sealed class QueueTables : IEntityTypeConfiguration<QueueCount>, IEntityTypeConfiguration<ReportedComment>, IEntityTypeConfiguration<Appeal>, IEntityTypeConfiguration<BulkRun>, IEntityTypeConfiguration<LegalNotice>, IEntityTypeConfiguration<ModerationDay>, IEntityTypeConfiguration<LearnedStep>
{
    public void Configure(EntityTypeBuilder<QueueCount> table) => table.ToTable("queue_counts");

    public void Configure(EntityTypeBuilder<ReportedComment> table)
    {
        table.ToTable("reported_comments");
        table.HasKey(r => r.CommentId);
        table.HasIndex(r => new { r.Weight, r.CommentId });
        table.HasOne<Comment>().WithOne().HasForeignKey<ReportedComment>(r => r.CommentId);
    }

    public void Configure(EntityTypeBuilder<Appeal> table)
    {
        table.ToTable("appeals");
        table.HasKey(a => a.CommentId);
        // Those that wait, the oldest first.
        table.HasIndex(a => new { a.State, a.At });
        table.HasIndex(a => a.DecisionId).HasFilter("decision_id IS NOT NULL");
        table.HasOne<Comment>().WithOne().HasForeignKey<Appeal>(a => a.CommentId);
        table.HasOne<Decision>().WithMany().HasForeignKey(a => a.DecisionId);
    }

    public void Configure(EntityTypeBuilder<LegalNotice> table)
    {
        table.ToTable("legal_notices");
        table.HasIndex(n => new { n.State, n.Id });
        table.HasIndex(n => n.At);
        table.HasOne<Person>().WithMany().HasForeignKey(n => n.DecidedById).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<ModerationDay> table)
    {
        table.ToTable("moderation_days");
        table.HasKey(d => d.Day);
    }

    public void Configure(EntityTypeBuilder<LearnedStep> table)
    {
        table.ToTable("learned_steps");
        table.HasIndex(s => s.DecisionId).HasFilter("decision_id IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<BulkRun> table)
    {
        table.ToTable("bulk_runs");
        table.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.SetNull);
    }
}
