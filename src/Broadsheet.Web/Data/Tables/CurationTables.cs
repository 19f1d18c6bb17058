using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class CurationTables : IEntityTypeConfiguration<Outlet>, IEntityTypeConfiguration<WireItem>, IEntityTypeConfiguration<TermsOverride>, IEntityTypeConfiguration<OriginalCheck>
{
    public void Configure(EntityTypeBuilder<Outlet> table)
    {
        table.ToTable("outlets");
        table.HasIndex(o => o.FeedUrl).IsUnique().HasFilter("deleted_at IS NULL");
        table.HasIndex(o => o.NextPollAt);
        table.HasIndex(o => o.HubKey).HasFilter("hub_key IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<WireItem> table)
    {
        table.ToTable("wire_items");
        table.HasIndex(w => new { w.OutletId, w.Key }).IsUnique();
        // The wire: what nobody has decided on, newest first; and what of a story came in elsewhere.
        table.HasIndex(w => new { w.State, w.PublishedAt });
        table.HasIndex(w => w.GroupId);
        table.HasIndex(w => w.ArticleId).HasFilter("article_id IS NOT NULL");
        table.HasIndex(w => w.Headline).HasFilter("headline <> 0");
        table.HasIndex(w => w.Band1).HasFilter("band1 IS NOT NULL");
        table.HasIndex(w => w.Band2).HasFilter("band2 IS NOT NULL");
        table.HasIndex(w => w.Band3).HasFilter("band3 IS NOT NULL");
        table.HasIndex(w => w.Band4).HasFilter("band4 IS NOT NULL");
        table.HasIndex(w => w.SeenAt);
        table.HasOne<Outlet>().WithMany().HasForeignKey(w => w.OutletId).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Article>().WithMany().HasForeignKey(w => w.ArticleId).OnDelete(DeleteBehavior.SetNull);
        table.HasOne<Person>().WithMany().HasForeignKey(w => w.AssignedTo).OnDelete(DeleteBehavior.SetNull);
        table.HasOne<Person>().WithMany().HasForeignKey(w => w.NominatedBy).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<TermsOverride> table)
    {
        table.ToTable("terms_overrides");
        table.HasIndex(o => o.ArticleId);
        table.HasOne<Article>().WithMany().HasForeignKey(o => o.ArticleId).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Person>().WithMany().HasForeignKey(o => o.PersonId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<OriginalCheck> table)
    {
        table.ToTable("original_checks");
        table.HasKey(c => c.ArticleId);
        table.Property(c => c.ArticleId).ValueGeneratedNever();
        table.HasIndex(c => c.NextAt);
        table.HasIndex(c => new { c.Finding, c.SeenAt });
        table.HasOne<Article>().WithMany().HasForeignKey(c => c.ArticleId).OnDelete(DeleteBehavior.Cascade);
    }
}
