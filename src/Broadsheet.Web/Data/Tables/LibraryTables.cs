using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

/// <summary>What the library of media knows beyond the files themselves.</summary>
internal sealed class LibraryTables : IEntityTypeConfiguration<MediaUse>, IEntityTypeConfiguration<ReplacedFile>, IEntityTypeConfiguration<UnfinishedUpload>
{
    public void Configure(EntityTypeBuilder<MediaUse> table)
    {
        table.ToTable("media_uses");
        table.HasKey(u => new { u.ArticleId, u.MediaId });
        table.HasIndex(u => new { u.MediaId, u.ArticleId });
        table.HasOne<Article>().WithMany().HasForeignKey(u => u.ArticleId).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Article>().WithMany().HasForeignKey(u => u.MediaId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ReplacedFile> table)
    {
        table.ToTable("replaced_files");
        table.HasIndex(f => f.MediaId);
        table.HasIndex(f => f.At);
        table.HasOne<Article>().WithMany().HasForeignKey(f => f.MediaId).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Person>().WithMany().HasForeignKey(f => f.PersonId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<UnfinishedUpload> table)
    {
        table.ToTable("unfinished_uploads");
        table.HasKey(u => u.Key);
        table.Property(u => u.Key).HasMaxLength(64);
        table.HasIndex(u => u.PersonId);
        table.HasIndex(u => u.ExpiresAt);
        table.HasOne<Person>().WithMany().HasForeignKey(u => u.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
