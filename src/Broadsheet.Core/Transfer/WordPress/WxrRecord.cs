namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>
/// One thing that a WordPress export (WXR 1.0 to 1.2) says. <see cref="WxrReader"/> gives them in the file's order:
/// <see cref="WxrChannel"/>, then authors, categories, tags and terms, then for each item <see cref="WxrItem"/>, its
/// <see cref="WxrComment"/>s and <see cref="WxrItemEnd"/>, and at last <see cref="WxrChannelEnd"/>.
/// <see cref="WxrWarning"/> and <see cref="WxrSkip"/> may stand anywhere; what a skip names gives no other record.
/// </summary>
/// <remarks>Texts are never null: <c>""</c> where the element is missing or empty. Ids and dates are null where the file
/// gives none that can be read.</remarks>
/// <param name="Line">Where its element starts, from 1.</param>
public abstract record WxrRecord(int Line);

/// <summary>Something odd that lost nothing that could be kept.</summary>
public sealed record WxrWarning(int Line, string What) : WxrRecord(Line);

/// <summary>Something that was left out, and why.</summary>
/// <param name="Kind">What it was: <c>category</c>, <c>tag</c>, <c>term</c>, <c>author</c>, <c>element</c>.</param>
public sealed record WxrSkip(int Line, string Kind, string What) : WxrRecord(Line);

/// <summary>
/// The publication, with what stood before its first author, term or item. WordPress writes <c>generator</c> after those,
/// and hands may write anything late: <see cref="WxrChannelEnd"/> and <see cref="WxrSurvey.Channel"/> have it all.
/// </summary>
public sealed record WxrChannel(int Line) : WxrRecord(Line)
{
    public string Title { get; init; } = "";
    public string Link { get; init; } = "";
    /// <summary>The tagline.</summary>
    public string Description { get; init; } = "";
    /// <summary>As WordPress writes it: <c>en-US</c>.</summary>
    public string Language { get; init; } = "";
    public DateTimeOffset? Published { get; init; }
    /// <summary><c>1.0</c>, <c>1.1</c>, <c>1.2</c>, whatever else the file says (with a warning), or null when it says nothing.</summary>
    public string? Version { get; init; }
    /// <summary>The root of the installation; on WordPress.com the network's own address.</summary>
    public string BaseSiteUrl { get; init; } = "";
    /// <summary>The publication's own address.</summary>
    public string BaseBlogUrl { get; init; } = "";
    public string Generator { get; init; } = "";
}

/// <summary>The end of the channel: the file was read whole.</summary>
/// <param name="Whole">The channel again, with all that came late.</param>
public sealed record WxrChannelEnd(int Line, WxrChannel Whole) : WxrRecord(Line);

/// <summary>An author of posts. (Registered commenters are not in an export.)</summary>
public sealed record WxrAuthor(int Line) : WxrRecord(Line)
{
    /// <summary>Null when missing or not a number.</summary>
    public long? Id { get; init; }
    /// <summary>What <see cref="WxrItem.Creator"/> names.</summary>
    public string Login { get; init; } = "";
    public string Email { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string FirstName { get; init; } = "";
    public string LastName { get; init; } = "";
    /// <summary>A bare <c>wp:author</c> inside an item (hand-made files): only <see cref="Login"/> is known.</summary>
    public bool InsideItem { get; init; }
}

/// <summary>A category. Parents are named by slug and may come later in the file.</summary>
public sealed record WxrCategory(int Line) : WxrRecord(Line)
{
    public long? Id { get; init; }
    public string Slug { get; init; } = "";
    /// <summary>The parent's slug, <c>""</c> at the top.</summary>
    public string ParentSlug { get; init; } = "";
    public string Name { get; init; } = "";
    public string Description { get; init; } = "";
    public IReadOnlyList<WxrMeta> Meta { get; init; } = [];
}

/// <summary>A tag.</summary>
public sealed record WxrTag(int Line) : WxrRecord(Line)
{
    public long? Id { get; init; }
    public string Slug { get; init; } = "";
    public string Name { get; init; } = "";
    public string Description { get; init; } = "";
    public IReadOnlyList<WxrMeta> Meta { get; init; } = [];
}

/// <summary>A term of any taxonomy (<c>post_format</c>, <c>nav_menu</c>, a plugin's; also <c>category</c> or <c>post_tag</c>).</summary>
public sealed record WxrTerm(int Line) : WxrRecord(Line)
{
    public long? Id { get; init; }
    public string Taxonomy { get; init; } = "";
    public string Slug { get; init; } = "";
    /// <summary>The parent's slug within the taxonomy, <c>""</c> at the top.</summary>
    public string ParentSlug { get; init; } = "";
    public string Name { get; init; } = "";
    public string Description { get; init; } = "";
    public IReadOnlyList<WxrMeta> Meta { get; init; } = [];
}

/// <summary>A named value of an item, a comment or a term; the value may be PHP-serialized (<see cref="PhpSerialized"/>).</summary>
public sealed record WxrMeta(int Line, string Key, string Value);

/// <summary>A term that an item carries.</summary>
/// <param name="Taxonomy"><c>category</c>, <c>post_tag</c> (also where WXR 1.0 says <c>tag</c>), another taxonomy, or
/// <c>""</c> for a plain RSS category that no term of the same name accompanies.</param>
/// <param name="Slug">The nicename, percent-encoded as WordPress writes it for other scripts; <c>""</c> when missing.</param>
public sealed record WxrItemTerm(int Line, string Taxonomy, string Slug, string Name);
