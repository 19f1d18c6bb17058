using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class StatTable : IEntityTypeConfiguration<StatRow>
{
    public void Configure(EntityTypeBuilder<StatRow> table)
    {
        table.ToTable("stats");
        table.HasKey(s => new { s.Kind, s.Day, s.ArticleId, s.Key });
        table.Property(s => s.Key).HasMaxLength(200);
        // One article's own figures.
        table.HasIndex(s => new { s.ArticleId, s.Kind, s.Day });
    }
}
