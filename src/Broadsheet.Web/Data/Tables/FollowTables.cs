using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class FollowTables : IEntityTypeConfiguration<Subscription>, IEntityTypeConfiguration<QueuedMail>
{
    public void Configure(EntityTypeBuilder<Subscription> table)
    {
        table.ToTable("subscriptions");
        table.HasIndex(s => new { s.EmailFolded, s.Kind, s.ArticleId }).IsUnique();
        // Does anybody follow this; and all who do, one batch after the other.
        table.HasIndex(s => new { s.ArticleId, s.State, s.Kind, s.Id });
        table.HasIndex(s => s.Ask);
        // What was never confirmed, to be forgotten.
        table.HasIndex(s => new { s.State, s.AskedAt });
    }

    public void Configure(EntityTypeBuilder<QueuedMail> table)
    {
        table.ToTable("mails");
        // What is due; what waits for a digest; what is to be forgotten.
        table.HasIndex(m => new { m.State, m.DueAt });
        table.HasIndex(m => new { m.CommentId, m.EmailFolded }).IsUnique().HasFilter("comment_id IS NOT NULL");
        table.HasIndex(m => new { m.ArticleId, m.EmailFolded }).IsUnique().HasFilter("article_id IS NOT NULL");
        table.HasIndex(m => m.DigestId).HasFilter("digest_id IS NOT NULL");
        // How many questions has this address been asked.
        table.HasIndex(m => new { m.EmailFolded, m.CreatedAt });
        table.HasIndex(m => m.DoneAt).HasFilter("done_at IS NOT NULL");
    }
}
