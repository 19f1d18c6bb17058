using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Reads.Desk;
using Microsoft.AspNetCore.Components;

namespace Broadsheet.Web.Features.Newsroom;

public partial class EditorPage
{
    [Parameter, EditorRequired]
    public DeskShell.Look Frame { get; set; } = null!;

    [Parameter, EditorRequired]
    public Content View { get; set; } = null!;

    private Form Words => View.Words;

    private string? ProblemOf(string field) => View.Problems.GetValueOrDefault(field);

    /// <summary>The form as it is filled in: texts, as a browser sends them.</summary>
    public sealed record Form
    {
        public string Title { get; init; } = "";
        public string Body { get; init; } = "";
        public BodyFormat Format { get; init; } = BodyFormat.Markdown;
        public string Excerpt { get; init; } = "";
        public string Slug { get; init; } = "";
        public IReadOnlyList<long> Categories { get; init; } = [];
        public string NewCategory { get; init; } = "";
        public long? NewCategoryParent { get; init; }
        public string Tags { get; init; } = "";
        public long? Image { get; init; }
        public string Outlet { get; init; } = "";
        public string OriginalUrl { get; init; } = "";
        public string CreditAuthor { get; init; } = "";
        public string CreditDate { get; init; } = "";
        public RepublishingTerms Terms { get; init; }
        public bool Canonical { get; init; }
        public string CanonicalUrl { get; init; } = "";

        /// <summary>As typed; empty for the publication's.</summary>
        public string Language { get; init; } = "";

        /// <summary>Where the featured picture has its focal point, in percent from its left and from its top.</summary>
        public int FocusAcross { get; init; } = 50;
        public int FocusDown { get; init; } = 50;

        /// <summary>The editor says that the article may go beyond its outlet's terms, and why.</summary>
        public bool BeyondTerms { get; init; }
        public string TermsReason { get; init; } = "";
        public bool Sticky { get; init; }
        public string Protect { get; init; } = "";
        public bool CommentsOpen { get; init; } = true;
        public bool PingsOpen { get; init; }

        /// <summary>Rules of this discussion alone; empty where they are the publication's. Whether: <c>yes</c> or <c>no</c>.</summary>
        public string CloseAfterDays { get; init; } = "";
        public string SlowSeconds { get; init; } = "";
        public string StaffOnly { get; init; } = "";
        public string HoldFirst { get; init; } = "";
        public string HoldAll { get; init; } = "";
        public string HoldLinks { get; init; } = "";

        /// <summary>In Markdown; empty for none.</summary>
        public string DiscussionNote { get; init; } = "";

        /// <summary>In the publication's zone; empty for none.</summary>
        public string Date { get; init; } = "";
        public long? Author { get; init; }
        public long? Parent { get; init; }
        public string MenuOrder { get; init; } = "0";

        /// <summary>Tells this window's words from another's; 0 for a form that was not laid out yet.</summary>
        public long Draft { get; init; }

        /// <summary>When the words were last changed as this form knows them, in milliseconds since 1970; empty for a new article.</summary>
        public string Modified { get; init; } = "";

        /// <summary>What a change of published words is to readers, and in which words they are told.</summary>
        public ChangeKind Change { get; init; }
        public string ChangeNote { get; init; } = "";
    }

    public sealed record Content
    {
        public required ArticleKind Kind { get; init; }

        /// <summary>0 for a new one.</summary>
        public long Id { get; init; }
        public ArticleStatus Status { get; init; }
        public required Form Words { get; init; }
        public required IReadOnlyDictionary<string, string> Problems { get; init; }
        public required Rights May { get; init; }

        /// <summary>What the fields offer.</summary>
        public required IReadOnlyList<Category> Categories { get; init; }
        public required IReadOnlyList<Named> Images { get; init; }
        public required IReadOnlyList<Named> Authors { get; init; }
        public required IReadOnlyList<Named> Pages { get; init; }
        public required IReadOnlyList<Named> Media { get; init; }
        public string Zone { get; init; } = "UTC";

        /// <summary>The publication's.</summary>
        public string Language { get; init; } = "en";

        /// <summary>The featured picture's address; null for none.</summary>
        public string? ImageUrl { get; init; }

        /// <summary>Where readers, or for a draft its writers, see it; null for a new one.</summary>
        public string? ViewUrl { get; init; }
        public int Revisions { get; init; }
        public string? Dated { get; init; }
        public Rendering? Preview { get; init; }
        public Stored? Theirs { get; init; }

        /// <summary>Who let it go beyond its outlet's terms, when and why: a sentence each.</summary>
        public IReadOnlyList<string> Overrides { get; init; } = [];

        /// <summary>The form has words that were kept, and saved nowhere.</summary>
        public bool IsUnsaved { get; init; }

        /// <summary>Words of this person that were not saved and are not in the form already, latest first.</summary>
        public IReadOnlyList<Kept> Kept { get; init; } = [];

        /// <summary>What lists show where there is no excerpt.</summary>
        public string Summary { get; init; } = "";

        /// <summary>Where the publication is.</summary>
        public string Host { get; init; } = "";
        public IReadOnlyList<Note> Notes { get; init; } = [];

        /// <summary>Each with its address as its name, and its end beside.</summary>
        public IReadOnlyList<Named> PreviewLinks { get; init; } = [];

        /// <summary>What readers say is wrong in it, and nobody has answered.</summary>
        public IReadOnlyList<string> Asked { get; init; } = [];

        /// <summary>Who else is at it now, in words.</summary>
        public IReadOnlyList<string> Others { get; init; } = [];

        public string Path => Kind == ArticleKind.Page ? "/newsroom/pages/" : "/newsroom/articles/";
        public string Action => Id == 0 ? $"{Path}new/" : $"{Path}{Id}/";
        public bool IsPublic => Status is ArticleStatus.Published or ArticleStatus.Private;
    }

    public sealed record Rights(bool Publish, bool EditAny, bool AddCategories, bool Upload);

    /// <param name="Path">Its name after those above it: <c>World › Europe</c>.</param>
    public sealed record Category(long Id, string Name, int Depth, string Path);

    /// <param name="Snippet">What to write into a body to show it; for media.</param>
    public sealed record Named(long Id, string Name, string Snippet = "", string Thumbnail = "");

    /// <param name="Draft">The number of the window that they are of.</param>
    /// <param name="IsOpen">A window with it was heard of just now.</param>
    public sealed record Kept(string When, string Title, long Draft, bool IsOpen);

    public sealed record Note(long Id, string Who, string When, string Words, bool IsOwn);

    public sealed record Rendering(SafeHtml Title, SafeHtml Body);

    /// <summary>What someone else saved meanwhile.</summary>
    public sealed record Stored(string Who, string When, string Title, string Body, string Excerpt)
    {
        /// <summary>Both changes in one; null where they touch each other.</summary>
        public Form? Merged { get; init; }

        /// <summary>As they were sent; null where the form has them.</summary>
        public Form? Yours { get; init; }
        public IReadOnlyList<ThreeWay> Fields { get; init; } = [];
    }

    /// <summary>What each of two people made of one field; empty where they left it.</summary>
    public sealed record ThreeWay(string Name, IReadOnlyList<TextChange> Theirs, IReadOnlyList<TextChange> Yours);
}
