using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class CommentTable : IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<Comment> table)
    {
        table.ToTable("comments");
        table.Ignore(c => c.FullNumber);
        table.HasOne<Article>().WithMany().HasForeignKey(c => c.ArticleId);
        // A page of a thread is one range of this index.
        table.HasIndex(c => new { c.ArticleId, c.Number, c.Path });
        table.HasIndex(c => c.ParentId);
        // Twice the same.
        table.HasIndex(c => new { c.ArticleId, c.BodyHash });
        // The queues of moderators, and the comments of the whole publication, newest first.
        table.HasIndex(c => new { c.Standing, c.At });
        // The same of one article: its comments' feed and the API.
        table.HasIndex(c => new { c.ArticleId, c.Standing, c.At });
        // Did this guest, this address or this person write a moment ago; have they a shown comment.
        table.HasIndex(c => new { c.EmailFolded, c.At });
        table.HasIndex(c => new { c.AuthorIp, c.At });
        table.HasIndex(c => new { c.PersonId, c.At });
    }
}
