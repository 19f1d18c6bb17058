namespace Broadsheet.Core.Text;

/// <summary>What the renderer needs to know of a picture, sound, film or file of this publication.</summary>
/// <param name="Id">Its id in the space shared with articles and pages.</param>
/// <param name="Path">Root-relative address of the file, not percent-encoded: <c>/wp-content/uploads/2020/02/boat.jpg</c>.</param>
/// <param name="Present">Whether the file itself is here. A record without a file (an import without media) is false.</param>
/// <param name="Alt">Text in place of the picture; empty when none was written.</param>
/// <param name="Caption">Caption, as HTML or text that anyone may have written; may be empty.</param>
/// <param name="Title">Its name; may be empty.</param>
/// <param name="MimeType">Such as <c>image/jpeg</c>; empty when unknown.</param>
/// <param name="Width">In pixels; null when unknown.</param>
/// <param name="Height">In pixels; null when unknown.</param>
/// <param name="Moves">A picture of several frames, of a type that else has smaller copies (<see cref="Rendition.AreMadeOf"/>).</param>
public sealed record MediaFacts(long Id, string Path, bool Present, string Alt = "", string Caption = "", string Title = "", string MimeType = "", int? Width = null, int? Height = null, bool Moves = false);

/// <summary>Where the renderer looks up media. Loaded before rendering: no call may wait.</summary>
public interface IMediaSource
{
    /// <summary>The media attached to the article that is being rendered, in their order; what <c>[gallery]</c> without ids shows.</summary>
    IReadOnlyList<MediaFacts> Attached { get; }

    /// <summary>Null when there is none.</summary>
    MediaFacts? ById(long id);

    /// <summary>
    /// By root-relative path, percent-decoded, without query. A rendition's name (<c>boat-300x200.jpg</c>, <c>boat-scaled.jpg</c>) finds its
    /// original (see <see cref="MediaPath.Originals"/>). Null when there is none.
    /// </summary>
    MediaFacts? ByPath(string path);
}

/// <summary>A medium of this publication that a body names.</summary>
/// <param name="Path">Root-relative, percent-decoded; a rendition's own name where the body names one.</param>
/// <param name="Id">Null when no record was found for it.</param>
/// <param name="Present">Whether it can be shown.</param>
public sealed record MediaReference(string Path, long? Id, bool Present);

/// <summary>A publication without media, for previews and tests.</summary>
public sealed class NoMedia : IMediaSource
{
    private NoMedia()
    {
    }

    /// <summary>The only one.</summary>
    public static NoMedia Instance { get; } = new();

    /// <inheritdoc/>
    public IReadOnlyList<MediaFacts> Attached => [];

    /// <inheritdoc/>
    public MediaFacts? ById(long id) => null;

    /// <inheritdoc/>
    public MediaFacts? ByPath(string path) => null;
}
