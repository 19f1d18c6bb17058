using Broadsheet.Core.Discussion;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.Publishing;

/// <summary>
/// What the publication publishes: an article, a page, or an attachment's page. All share one id space, as WordPress's <c>?p=ID</c> does.
/// Bodies are kept as written and as safe HTML; the safe HTML is made when the article is written.
/// </summary>
public sealed class Article
{
    public const int MaxTitleLength = 1_000;

    private Article() { }

    public long Id { get; private init; }
    public ArticleKind Kind { get; private init; }

    /// <summary>The imported type's name where <see cref="Kind"/> is <see cref="ArticleKind.Other"/>; else null.</summary>
    public string? PostType { get; private init; }
    public ArticleStatus Status { get; private set; }

    /// <summary>As written; may hold inline markup.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Safe inline HTML.</summary>
    public string TitleHtml { get; private set; } = "";
    public string TitleText { get; private set; } = "";

    /// <summary>Folded; empty for a draft that has none yet.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>For pages: the slugs from the root, joined by <c>/</c>. For the rest: null.</summary>
    public string? Path { get; private set; }
    public long? ParentId { get; private set; }
    public int MenuOrder { get; private set; }
    public long? AuthorId { get; private set; }

    /// <summary>Null for a draft without a date (WordPress: <c>post_date_gmt</c> 0000-00-00).</summary>
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>The date and time as published, in the publication's zone of that day: permalinks, archives and datelines use it.</summary>
    public DateTime? PublishedLocal { get; private set; }
    public DateTimeOffset ModifiedAt { get; private set; }

    /// <summary>A reader must know it to read; null for everyone (WordPress: <c>post_password</c>).</summary>
    public string? Password { get; private set; }
    public bool CommentsOpen { get; private set; }
    public bool PingsOpen { get; private set; }

    /// <summary>Where its discussion has rules of its own; null where it has the publication's.</summary>
    public DiscussionRules? Discussion { get; private set; }
    public bool IsSticky { get; private set; }
    public long? FeaturedImageId { get; private set; }

    /// <summary>Of the featured picture; null for its middle, and without one.</summary>
    public FocalPoint? Focus { get; private set; }

    /// <summary>WordPress's post format (<c>aside</c>, <c>gallery</c> …); null for the standard one.</summary>
    public string? PostFormat { get; private set; }

    /// <summary>Never changes once given: feed readers recognise an item by it.</summary>
    public string Guid { get; private set; } = "";
    public SourceCredit? Credit { get; private set; }

    /// <summary>The address that search engines are told of in place of its own, absolute; null for its own (or its original's, where <see cref="Credit"/> says so).</summary>
    public string? Canonical { get; private set; }

    /// <summary>What it is written in (<see cref="LanguageTag"/>); null for the publication's language.</summary>
    public string? Language { get; private set; }

    /// <summary>Counts of its discussion, in a row of their own: they change with every comment, the words do not.</summary>
    public ThreadCounters Counters { get; private init; } = new();
    public BodyFormat BodyFormat { get; private set; }

    /// <summary>The excerpt as written; empty when there is none and <see cref="Summary"/> is made from the body.</summary>
    public string Excerpt { get; private set; } = "";

    /// <summary>Plain text, at most 55 words.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>As written.</summary>
    public string Body { get; private set; } = "";

    /// <summary>Safe HTML; holds <c>&lt;!--more--&gt;</c> and <c>&lt;!--nextpage--&gt;</c> as its only comments.</summary>
    public string BodyHtml { get; private set; } = "";

    /// <summary>Corrections and updates that readers are told of, oldest first; null for none.</summary>
    public IReadOnlyList<PublishedChange>? Changes { get; private set; }

    /// <summary><see cref="ArticleRenderer.Version"/> of the time.</summary>
    public int BodyVersion { get; private set; }

    /// <summary>Seen by every reader at its address, at <paramref name="now"/>.</summary>
    public bool IsPublic(DateTimeOffset now) => Status is ArticleStatus.Published or ArticleStatus.Inherit && PublishedAt <= now;

    /// <param name="id">0 lets the database give one.</param>
    public static Article Create(ArticleKind kind, ArticleStatus status, DateTimeOffset now, long? authorId, string? postType = null, long id = 0) => new()
    {
        Id = id,
        Kind = kind,
        PostType = postType,
        Status = status,
        AuthorId = authorId,
        ModifiedAt = now,
        CommentsOpen = kind == ArticleKind.Article,
        PingsOpen = kind == ArticleKind.Article,
    };

    public void Write(ArticleText text, DateTimeOffset now)
    {
        (Title, TitleHtml, TitleText) = (text.Title, text.TitleHtml.Value, text.TitleText);
        (BodyFormat, Body, BodyHtml, BodyVersion) = (text.Format, text.Body, text.BodyHtml.Value, text.Version);
        (Excerpt, Summary) = (text.Excerpt, text.Summary);
        ModifiedAt = now;
    }

    /// <summary>The same words, rendered anew: not a change that readers are told of.</summary>
    public void Rerender(SafeHtml bodyHtml, string summary, int version) => (BodyHtml, Summary, BodyVersion) = (bodyHtml.Value, summary, version);

    public void Place(string slug, string? path, long? parentId = null, int menuOrder = 0) =>
        (Slug, Path, ParentId, MenuOrder) = (Publishing.Slug.Fold(slug), path, parentId, menuOrder);

    /// <param name="at">Null for a draft without a date.</param>
    /// <param name="local">The same moment in the publication's zone.</param>
    public void Date(ArticleStatus status, DateTimeOffset? at, DateTime? local)
    {
        if (status is ArticleStatus.Published or ArticleStatus.Scheduled && at is null) throw new ArgumentException("A published article has a date.", nameof(at));
        (Status, PublishedAt, PublishedLocal) = (status, at, local is { } l ? DateTime.SpecifyKind(l, DateTimeKind.Unspecified) : null);
    }

    public void Tell(PublishedChange change) => Changes = [.. Changes ?? [], change];

    public void Touch(DateTimeOffset modifiedAt) => ModifiedAt = modifiedAt;

    public void Identify(string guid) => Guid = Guid.Length == 0 || Guid == guid ? guid : throw new InvalidOperationException("A guid never changes.");

    public void Attribute(SourceCredit? credit) => Credit = credit;

    /// <param name="address">Absolute; null for its own.</param>
    public void Canonize(Uri? address) => Canonical = address?.AbsoluteUri;

    /// <param name="language">A tag as <see cref="LanguageTag.Read"/> gives it; null for the publication's language.</param>
    public void Speak(string? language) => Language = language;

    /// <param name="focus">Null for the middle.</param>
    public void Aim(FocalPoint? focus) => Focus = FeaturedImageId is null ? null : focus;

    public void Assign(long? authorId) => AuthorId = authorId;

    public void Discuss(bool commentsOpen, bool pingsOpen) => (CommentsOpen, PingsOpen) = (commentsOpen, pingsOpen);

    /// <param name="rules">Null or empty: the publication's.</param>
    public void Rule(DiscussionRules? rules) => Discussion = rules is null or { IsEmpty: true } ? null : rules;

    public void Present(bool isSticky, long? featuredImageId, string? password, string? postFormat = null) =>
        (IsSticky, FeaturedImageId, Password, PostFormat) = (isSticky, featuredImageId, string.IsNullOrEmpty(password) ? null : password, postFormat);
}

/// <summary>An article's words, as written and as rendered.</summary>
public sealed record ArticleText(
    string Title, SafeHtml TitleHtml, string TitleText, BodyFormat Format, string Body, SafeHtml BodyHtml, int Version, string Excerpt, string Summary)
{
    /// <summary>See <see cref="RenderedBody.Problem"/>.</summary>
    public Problem? Problem { get; init; }

    /// <summary>Ids of this publication's media that the body shows or links to, once each, as far as they were known when it was rendered.</summary>
    public IReadOnlyList<long> Media { get; init; } = [];
}
