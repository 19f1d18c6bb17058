using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class ScreeningTables : IEntityTypeConfiguration<Ban>, IEntityTypeConfiguration<CommentPrint>
{
    public void Configure(EntityTypeBuilder<Ban> table)
    {
        table.ToTable("bans");
        // Those in force that match a writer.
        table.HasIndex(b => b.Key).HasFilter("lifted_at IS NULL");
        table.HasOne<Person>().WithMany().HasForeignKey(b => b.ById).OnDelete(DeleteBehavior.SetNull);
        table.HasOne<Person>().WithMany().HasForeignKey(b => b.LiftedById).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<CommentPrint> table)
    {
        table.ToTable("comment_prints");
        table.HasKey(p => p.CommentId);
        table.Property(p => p.CommentId).ValueGeneratedNever();
        // The latest of each band, and of each writer.
        table.HasIndex(p => new { p.Band1, p.CommentId }).HasFilter("band1 IS NOT NULL");
        table.HasIndex(p => new { p.Band2, p.CommentId }).HasFilter("band2 IS NOT NULL");
        table.HasIndex(p => new { p.Band3, p.CommentId }).HasFilter("band3 IS NOT NULL");
        table.HasIndex(p => new { p.Band4, p.CommentId }).HasFilter("band4 IS NOT NULL");
        table.HasIndex(p => new { p.Writer, p.CommentId }).HasFilter("writer IS NOT NULL");
        table.HasOne<Comment>().WithMany().HasForeignKey(p => p.CommentId).OnDelete(DeleteBehavior.Cascade);
    }
}
