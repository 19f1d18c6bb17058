using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;

namespace Broadsheet.Web.Data;

/// <summary>An article as an editor wishes it to be.</summary>
internal sealed record ArticleEdit(string Title, string Body, BodyFormat Format)
{
    public ArticleKind Kind { get; init; }
    public ArticleStatus Status { get; init; } = ArticleStatus.Draft;
    /// <summary>Empty: made from the title.</summary>
    public string Slug { get; init; } = "";
    public string Excerpt { get; init; } = "";
    public long? AuthorId { get; init; }
    /// <summary>Null: now for one that is published, none for a draft. Later than now and published: scheduled.</summary>
    public DateTimeOffset? PublishedAt { get; init; }
    public long? ParentId { get; init; }
    public int MenuOrder { get; init; }
    /// <summary>Ids of categories.</summary>
    public IReadOnlyList<long> Categories { get; init; } = [];
    /// <summary>Names; those that are not known yet become tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
    public SourceCredit? Credit { get; init; }
    /// <summary>What search engines are told of in place of its own address; null for its own.</summary>
    public Uri? Canonical { get; init; }
    /// <summary>A tag as <see cref="LanguageTag.Read"/> gives it; null for the publication's language.</summary>
    public string? Language { get; init; }
    public long? FeaturedImageId { get; init; }
    /// <summary>Of the featured picture; null for its middle.</summary>
    public FocalPoint? Focus { get; init; }
    public bool IsSticky { get; init; }
    public string? Password { get; init; }
    public bool CommentsOpen { get; init; } = true;
    public bool PingsOpen { get; init; }
    /// <summary>Where its discussion has rules of its own; null for the publication's.</summary>
    public DiscussionRules? Discussion { get; init; }
    /// <summary>What a change of published words is to readers.</summary>
    public ChangeKind Change { get; init; }
    /// <summary>What changed; for a correction or an update.</summary>
    public string ChangeNote { get; init; } = "";
}
