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
        // The queues of moderators, newest first.
        table.HasIndex(c => new { c.Standing, c.At, c.Id });
        // Comments of the whole publication, newest first, without the held ones: the comments feed and the API.
        table.HasIndex(c => new { c.ArticleId, c.At });
        // Has this guest a shown comment; did this guest write a moment ago.
        table.HasIndex(c => new { c.EmailFolded, c.Standing });
        table.HasIndex(c => new { c.AuthorIp, c.At });
        table.HasIndex(c => c.PersonId);
        table.HasIndex(c => c.ImportedId);
    }
}
