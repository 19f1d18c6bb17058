using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

/// <summary>What the staff need beside an article while they write it.</summary>
internal sealed class WritingTables : IEntityTypeConfiguration<DeskDraft>, IEntityTypeConfiguration<PreviewLink>, IEntityTypeConfiguration<ArticleNote>, IEntityTypeConfiguration<CorrectionRequest>
{
    public void Configure(EntityTypeBuilder<DeskDraft> table)
    {
        table.ToTable("desk_drafts");
        table.HasKey(d => new { d.PersonId, d.Kind, d.ArticleId, d.Draft });
        // (Rows from before windows were told apart have the first number.)
        table.Property(d => d.Draft).HasDefaultValue(1L).ValueGeneratedNever();
        // Who is at an article.
        table.HasIndex(d => new { d.ArticleId, d.SeenAt });
        table.HasOne<Person>().WithMany().HasForeignKey(d => d.PersonId).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Person>().WithMany().HasForeignKey(d => d.TakenById).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<PreviewLink> table)
    {
        table.ToTable("preview_links");
        table.HasIndex(l => l.ArticleId);
        table.HasOne<Article>().WithMany().HasForeignKey(l => l.ArticleId).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Person>().WithMany().HasForeignKey(l => l.ById).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<ArticleNote> table)
    {
        table.ToTable("article_notes");
        table.HasIndex(n => new { n.ArticleId, n.Id });
        table.HasOne<Article>().WithMany().HasForeignKey(n => n.ArticleId).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Person>().WithMany().HasForeignKey(n => n.ById).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<CorrectionRequest> table)
    {
        table.ToTable("correction_requests");
        // Those that wait, and those of one article.
        table.HasIndex(r => new { r.State, r.Id });
        table.HasIndex(r => new { r.ArticleId, r.State });
        table.HasOne<Article>().WithMany().HasForeignKey(r => r.ArticleId).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Person>().WithMany().HasForeignKey(r => r.ClosedById).OnDelete(DeleteBehavior.SetNull);
    }
}
