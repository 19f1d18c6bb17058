namespace Broadsheet.Core.Text;

/// <summary>Whose markup is being cleaned, and so which allow-list holds.</summary>
public enum MarkupRights
{
    /// <summary>Readers: links, emphasis, quotes, lists and code. Links are marked <c>nofollow ugc</c>; never an image.</summary>
    Commenter,

    /// <summary>Staff, feeds and imports: also headings, figures, media of this publication, tables, and layout classes.</summary>
    Editor,
}
