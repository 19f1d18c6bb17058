using Broadsheet.Core.Text;
using Broadsheet.Web.Reads.Desk;
using Microsoft.AspNetCore.Components;

namespace Broadsheet.Web.Features.Moderation;

public partial class QueuePage
{
    [Parameter, EditorRequired]
    public DeskShell.Look Frame { get; set; } = null!;

    [Parameter, EditorRequired]
    public Content View { get; set; } = null!;

    /// <summary>What can be done from here: the queue it goes to, the button's words, the key.</summary>
    private IEnumerable<(string To, string Words, string Key)> Deeds => View.Queue switch
    {
        "spam" => [("shown", "Not spam", "a"), ("held", "Hold", "h"), ("trash", "Trash", "d")],
        "trash" => [("shown", "Approve", "a"), ("held", "Hold", "h"), ("spam", "Spam", "s")],
        "shown" => [("held", "Hold", "h"), ("spam", "Spam", "s"), ("trash", "Trash", "d")],
        _ => [("shown", "Approve", "a"), ("spam", "Spam", "s"), ("trash", "Trash", "d")],
    };

    public sealed record Content
    {
        public required string Queue { get; init; }
        public required IReadOnlyList<Tab> Tabs { get; init; }
        public required IReadOnlyList<Card> Cards { get; init; }
        public string? Older { get; init; }
        public bool IsLater { get; init; }

        /// <summary>This page, to come back to.</summary>
        public required string Here { get; init; }
    }

    /// <param name="Count">Null where it is not counted.</param>
    public sealed record Tab(string Name, string Url, bool IsCurrent, int? Count);

    public sealed record Check(string Name, string Leaning, string Reason);

    public sealed record Card
    {
        public long Id { get; init; }
        public required string Author { get; init; }
        public required string Email { get; init; }
        public required string Url { get; init; }
        public required string Ip { get; init; }
        public bool IsPing { get; init; }
        public required string When { get; init; }

        /// <summary>Null while it was never shown.</summary>
        public string? Number { get; init; }
        public SafeHtml Body { get; init; }
        public required string Article { get; init; }
        public required string ArticleUrl { get; init; }
        public string? CommentUrl { get; init; }
        public string? ParentAuthor { get; init; }
        public string? ParentWords { get; init; }
        public required IReadOnlyList<Check> Checks { get; init; }

        /// <summary>Comments of the same address; null without one.</summary>
        public int? ShownBefore { get; init; }
        public int? HeldBefore { get; init; }
        public int? SpamBefore { get; init; }
        public string? Decided { get; init; }
    }
}
