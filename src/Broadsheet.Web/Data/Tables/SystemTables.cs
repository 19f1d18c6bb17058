using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class SystemTables :
    IEntityTypeConfiguration<SettingsRow>, IEntityTypeConfiguration<Meta>, IEntityTypeConfiguration<MappedId>, IEntityTypeConfiguration<ImportRun>,
    IEntityTypeConfiguration<OutboxRow>, IEntityTypeConfiguration<Eviction>, IEntityTypeConfiguration<OneTimeLink>, IEntityTypeConfiguration<ProtectionKey>,
    IEntityTypeConfiguration<SearchDocument>, IEntityTypeConfiguration<SearchPending>
{
    public void Configure(EntityTypeBuilder<SettingsRow> table)
    {
        table.ToTable("settings");
        table.Property(s => s.Id).ValueGeneratedNever();
        table.Property(s => s.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<Meta> table)
    {
        table.ToTable("meta");
        table.HasIndex(m => new { m.Owner, m.OwnerId, m.Key });
    }

    public void Configure(EntityTypeBuilder<MappedId> table)
    {
        table.ToTable("mapped_ids");
        table.HasKey(m => new { m.Kind, m.OldId, m.Source });
        table.HasIndex(m => new { m.Kind, m.NewId });
    }

    public void Configure(EntityTypeBuilder<ImportRun> table)
    {
        table.ToTable("import_runs");
        table.HasIndex(i => new { i.Source, i.FileHash });
    }

    public void Configure(EntityTypeBuilder<OutboxRow> table)
    {
        table.ToTable("outbox");
        table.HasIndex(o => new { o.Parked, o.DueAt });
    }

    public void Configure(EntityTypeBuilder<Eviction> table)
    {
        table.ToTable("evictions");
    }

    public void Configure(EntityTypeBuilder<OneTimeLink> table)
    {
        table.ToTable("one_time_links");
        table.HasKey(l => l.Hash);
    }

    public void Configure(EntityTypeBuilder<ProtectionKey> table)
    {
        table.ToTable("protection_keys");
        table.HasIndex(k => k.Name).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SearchDocument> table)
    {
        table.ToTable("search_documents");
        // One document of an article itself, one of each comment.
        table.HasIndex(d => d.ArticleId).IsUnique().HasFilter("comment_id IS NULL");
        table.HasIndex(d => d.CommentId).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SearchPending> table) => table.ToTable("search_pending");
}
