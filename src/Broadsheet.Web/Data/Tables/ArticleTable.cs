using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class ArticleTable : IEntityTypeConfiguration<Article>
{
    public void Configure(EntityTypeBuilder<Article> table)
    {
        table.ToTable("articles");
        table.Property(a => a.Slug).HasMaxLength(Slug.MaxLength);
        table.ComplexProperty(a => a.Credit, credit =>
        {
            credit.Property(c => c.Outlet);
            credit.Property(c => c.OriginalUrl);
            credit.Property(c => c.Author);
            credit.Property(c => c.Date);
            credit.Property(c => c.Terms);
            credit.Property(c => c.CanonicalToOriginal);
            credit.Property(c => c.ExcerptWords);
            credit.Property(c => c.Format);
            credit.Property(c => c.Retrieved);
        });
        table.ComplexProperty(a => a.Focus, focus =>
        {
            focus.Property(f => f.Across);
            focus.Property(f => f.Down);
        });
        table.Property(a => a.Discussion).HasConversion(rules => JsonSerializer.Serialize(rules, RulesJson.Default.DiscussionRules!), text => JsonSerializer.Deserialize(text, RulesJson.Default.DiscussionRules!)!);
        // A list is never changed in place: another one is another object.
        table.Property(a => a.Changes).HasConversion(changes => JsonSerializer.Serialize(changes, RulesJson.Default.IReadOnlyListPublishedChange!), text => JsonSerializer.Deserialize(text, RulesJson.Default.IReadOnlyListPublishedChange!)!,
            new ValueComparer<IReadOnlyList<PublishedChange>?>((a, b) => ReferenceEquals(a, b), c => c == null ? 0 : c.Count, c => c));
        table.HasIndex(a => new { a.Slug, a.Kind });
        // Most have none: counted among the rest, they would make the index look useless.
        table.HasIndex(a => a.Path).HasFilter("path IS NOT NULL");
        // Lists of a kind, newest first: the home page, date archives, feeds, sitemaps.
        table.HasIndex(a => new { a.Kind, a.Status, a.PublishedLocal, a.Id });
        table.HasIndex(a => new { a.AuthorId, a.Kind, a.Status, a.PublishedLocal });
        table.HasIndex(a => new { a.Status, a.PublishedAt });
        table.HasIndex(a => a.ParentId);
        // Which articles have this picture: most have none.
        table.HasIndex(a => a.FeaturedImageId).HasFilter("featured_image_id IS NOT NULL");
        table.HasOne(a => a.Counters).WithOne().HasForeignKey<ThreadCounters>(c => c.ArticleId);
        table.HasOne<Person>().WithMany().HasForeignKey(a => a.AuthorId).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class ThreadCountersTable : IEntityTypeConfiguration<ThreadCounters>
{
    public void Configure(EntityTypeBuilder<ThreadCounters> table)
    {
        table.ToTable("thread_counters");
        table.HasKey(c => c.ArticleId);
        table.Property(c => c.ArticleId).ValueGeneratedNever();
    }
}

internal sealed class RevisionTable : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> table)
    {
        table.ToTable("revisions");
        table.HasIndex(r => new { r.ArticleId, r.Id });
        table.HasOne<Article>().WithMany().HasForeignKey(r => r.ArticleId);
    }
}

internal sealed class OldAddressTable : IEntityTypeConfiguration<OldAddress>
{
    public void Configure(EntityTypeBuilder<OldAddress> table)
    {
        table.ToTable("old_addresses");
        table.HasIndex(o => o.Slug);
        table.HasIndex(o => o.ArticleId);
        table.HasOne<Article>().WithMany().HasForeignKey(o => o.ArticleId);
    }
}

internal sealed class MediaTable : IEntityTypeConfiguration<Media>
{
    public void Configure(EntityTypeBuilder<Media> table)
    {
        table.ToTable("media");
        table.HasKey(m => m.ArticleId);
        table.Property(m => m.ArticleId).ValueGeneratedNever();
        table.Ignore(m => m.IsPresent);
        table.HasIndex(m => m.Path);
        // The library: a month's files, newest first, and how many each month has.
        table.HasIndex(m => new { m.Month, m.ArticleId });
        table.HasOne<Article>().WithOne().HasForeignKey<Media>(m => m.ArticleId);
    }
}

internal sealed class TermTable : IEntityTypeConfiguration<Term>
{
    public void Configure(EntityTypeBuilder<Term> table)
    {
        table.ToTable("terms");
        table.HasIndex(t => new { t.Taxonomy, t.Slug }).IsUnique();
    }
}

internal sealed class ArticleTermTable : IEntityTypeConfiguration<ArticleTerm>
{
    public void Configure(EntityTypeBuilder<ArticleTerm> table)
    {
        table.ToTable("article_terms");
        table.HasKey(t => new { t.ArticleId, t.TermId });
        table.HasIndex(t => new { t.TermId, t.ArticleId });
        table.HasOne<Article>().WithMany().HasForeignKey(t => t.ArticleId);
        table.HasOne<Term>().WithMany().HasForeignKey(t => t.TermId);
    }
}

[JsonSerializable(typeof(DiscussionRules))]
[JsonSerializable(typeof(IReadOnlyList<PublishedChange>))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class RulesJson : JsonSerializerContext;
