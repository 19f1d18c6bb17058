using System.Collections.Frozen;

namespace Broadsheet.Core.Text;

/// <summary>How a body is written.</summary>
public enum BodyFormat
{
    /// <summary>As WordPress stores it: block comments, or text with blank lines; shortcodes.</summary>
    WordPress,

    /// <summary>HTML, taken as it is.</summary>
    Html,

    /// <summary>Markdown (CommonMark with tables, footnotes, definition lists and abbreviations).</summary>
    Markdown,
}

/// <summary>What rendering a body depends on besides the body. A change of it asks for a new rendering.</summary>
public sealed record RenderContext
{
    /// <summary>Nothing known: every absolute address is foreign, no medium is present.</summary>
    public static RenderContext Default { get; } = new();

    /// <summary>Hosts (lower case) whose addresses become root-relative, with and without <c>www.</c>; <c>site.wordpress.com</c> includes <c>site.files.wordpress.com</c>.</summary>
    public IReadOnlySet<string> OwnHosts { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Path under which the old site lived (<c>/blog</c>), stripped from its addresses; empty for a site at the root.</summary>
    public string BasePath { get; init; } = "";

    /// <summary>The publication's media.</summary>
    public IMediaSource Media { get; init; } = NoMedia.Instance;

    /// <summary>Other hosts (lower case) whose media may be shown in place of a link.</summary>
    public IReadOnlySet<string> AllowedMediaHosts { get; init; } = FrozenSet<string>.Empty;

    /// <summary>BCP 47 tag, for typography.</summary>
    public string Language { get; init; } = "en";
}

/// <summary>A body as it is shown.</summary>
/// <param name="Html">Safe markup. Its only comments are <c>&lt;!--more--&gt;</c> (at most one, perhaps with words) and <c>&lt;!--nextpage--&gt;</c>, both at the top level.</param>
/// <param name="MediaReferences">Every medium of this publication that it names, once each: render again when one of them changes.</param>
/// <param name="MissingMedia">How many places show a placeholder for a file that is not here.</param>
/// <param name="ForeignMedia">How many media of other hosts became links.</param>
public sealed record RenderedBody(SafeHtml Html, IReadOnlyList<MediaReference> MediaReferences, int MissingMedia, int ForeignMedia)
{
    /// <summary>Why the body is shown as it was written, in a box: it could not be read as what it says it is. Null for all others.</summary>
    public Problem? Problem { get; init; }
}
