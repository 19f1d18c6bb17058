using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

/// <summary>What readers do in a discussion beside commenting.</summary>
internal sealed class TakingPartTables :
    IEntityTypeConfiguration<Like>, IEntityTypeConfiguration<CommentReport>, IEntityTypeConfiguration<Mute>, IEntityTypeConfiguration<Visit>, IEntityTypeConfiguration<CommentRevision>, IEntityTypeConfiguration<Avatar>
{
    public void Configure(EntityTypeBuilder<Like> table)
    {
        table.ToTable("likes");
        // One like a person; and what this person likes on this page.
        table.HasIndex(l => new { l.PersonId, l.ArticleId, l.CommentId }).IsUnique().HasFilter("comment_id IS NOT NULL AND person_id IS NOT NULL").HasDatabaseName("ix_likes_person_comment");
        table.HasIndex(l => new { l.PersonId, l.ArticleId }).IsUnique().HasFilter("comment_id IS NULL AND person_id IS NOT NULL").HasDatabaseName("ix_likes_person_article");
        table.HasIndex(l => l.Mark).IsUnique().HasFilter("mark IS NOT NULL");
        // Who likes this.
        table.HasIndex(l => new { l.CommentId, l.PersonId }).HasFilter("comment_id IS NOT NULL");
        table.HasIndex(l => new { l.ArticleId, l.PersonId }).HasFilter("comment_id IS NULL").HasDatabaseName("ix_likes_article");
        table.HasIndex(l => l.ExpiresAt).HasFilter("expires_at IS NOT NULL");
        table.HasOne<Article>().WithMany().HasForeignKey(l => l.ArticleId);
        table.HasOne<Comment>().WithMany().HasForeignKey(l => l.CommentId);
        table.HasOne<Person>().WithMany().HasForeignKey(l => l.PersonId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<CommentReport> table)
    {
        table.ToTable("comment_reports");
        table.HasIndex(r => new { r.HandledAt, r.At });
        table.HasIndex(r => new { r.CommentId, r.PersonId }).IsUnique().HasFilter("person_id IS NOT NULL");
        table.HasIndex(r => r.Mark).IsUnique().HasFilter("mark IS NOT NULL");
        // All of one comment; how often this reader was right.
        table.HasIndex(r => new { r.CommentId, r.HandledAt });
        table.HasIndex(r => new { r.PersonId, r.IsUpheld }).HasFilter("person_id IS NOT NULL");
        table.HasOne<Decision>().WithMany().HasForeignKey(r => r.DecisionId);
        table.HasOne<Comment>().WithMany().HasForeignKey(r => r.CommentId);
        table.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<Mute> table)
    {
        table.ToTable("mutes");
        table.HasKey(m => new { m.PersonId, m.AuthorKey });
        table.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId);
    }

    public void Configure(EntityTypeBuilder<Visit> table)
    {
        table.ToTable("visits");
        table.HasKey(v => new { v.PersonId, v.ArticleId });
        table.HasOne<Person>().WithMany().HasForeignKey(v => v.PersonId);
        table.HasOne<Article>().WithMany().HasForeignKey(v => v.ArticleId);
    }

    public void Configure(EntityTypeBuilder<Avatar> table)
    {
        table.ToTable("avatars");
        table.HasKey(a => a.AuthorKey);
        table.HasIndex(a => a.CommentId);
        // Who has uploaded one, without the pictures.
        table.HasIndex(a => new { a.PersonId, a.Version }).HasFilter("person_id IS NOT NULL");
        table.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId);
    }

    public void Configure(EntityTypeBuilder<CommentRevision> table)
    {
        table.ToTable("comment_revisions");
        table.HasIndex(r => new { r.CommentId, r.Id });
        table.HasOne<Comment>().WithMany().HasForeignKey(r => r.CommentId);
    }
}
