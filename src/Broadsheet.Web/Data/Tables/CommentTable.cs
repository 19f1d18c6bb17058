using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class CommentTable : IEntityTypeConfiguration<Comment>
{
    private const string TopLevel = "reply = 0 AND number IS NOT NULL";

    public void Configure(EntityTypeBuilder<Comment> table)
    {
        table.ToTable("comments");
        table.Ignore(c => c.FullNumber);
        table.HasOne<Article>().WithMany().HasForeignKey(c => c.ArticleId);
        // A page of a thread: the first replies of each of its top-level comments. No number is given twice.
        table.HasIndex(c => new { c.ArticleId, c.Number, c.Reply }).IsUnique();
        // The top-level comments by likes and by replies.
        table.HasIndex(c => new { c.ArticleId, c.PersonLikes, c.Number }).HasFilter(TopLevel);
        table.HasIndex(c => new { c.ArticleId, c.RepliesBelow, c.Number }).HasFilter(TopLevel);
        // What came since.
        table.HasIndex(c => new { c.ArticleId, c.ShownAt }).HasFilter("shown_at IS NOT NULL");
        table.HasIndex(c => new { c.ArticleId, c.FeaturedAt }).HasFilter("featured_at IS NOT NULL");
        table.HasIndex(c => c.ParentId).HasFilter("parent_id IS NOT NULL");
        // Twice the same.
        table.HasIndex(c => new { c.ArticleId, c.BodyHash });
        // The queues of moderators, and the comments of the whole publication, newest first.
        table.HasIndex(c => new { c.Standing, c.At });
        // The same of one article: its comments' feed and the API.
        table.HasIndex(c => new { c.ArticleId, c.Standing, c.At });
        // Did this guest, this address or this person write a moment ago; have they a shown comment.
        table.HasIndex(c => new { c.EmailFolded, c.At });
        table.HasIndex(c => new { c.AuthorIp, c.At });
        table.HasIndex(c => new { c.PersonId, c.At }).HasFilter("person_id IS NOT NULL");
    }
}
