namespace Broadsheet.Web.Reads.Desk;

// Apart from the markup, since the JSON generator does not see what the Razor compiler makes; public and nested, since a component's parameters must be.
public partial class DeskShell
{
    /// <summary>What stands around every page of the newsroom.</summary>
    /// <param name="Within">The rooms beside this one that are about the same; empty where there are none.</param>
    public sealed record Look(string Publication, string Stylesheet, string Script, string Person, string Role, IReadOnlyList<Link> Links, IReadOnlyList<Link> Within, Notice? Said, string PasskeyScript, string ModerationScript, Pair Editor, string LibraryScript);

    /// <summary>A style sheet and the script that needs it.</summary>
    public sealed record Pair(string Stylesheet, string Script);

    public sealed record Link(string Text, string Url, bool IsCurrent, int Count = 0, string? CountLabel = null);

    /// <summary>What was just done, and the way back.</summary>
    public sealed record Notice(string Message, string? UndoAction = null, IReadOnlyList<KeyValuePair<string, string>>? Fields = null, string? LinkUrl = null, string? LinkText = null)
    {
        public IReadOnlyList<KeyValuePair<string, string>> UndoFields => Fields ?? [];
    }
}
