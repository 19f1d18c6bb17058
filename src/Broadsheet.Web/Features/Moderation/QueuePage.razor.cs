using Broadsheet.Web.Reads.Desk;
using Microsoft.AspNetCore.Components;

namespace Broadsheet.Web.Features.Moderation;

public partial class QueuePage
{
    [Parameter, EditorRequired]
    public DeskShell.Look Frame { get; set; } = null!;

    [Parameter, EditorRequired]
    public Content View { get; set; } = null!;

    public sealed record Content
    {
        public required string Queue { get; init; }

        /// <summary>As typed; empty for none.</summary>
        public required string Search { get; init; }
        public required IReadOnlyList<Tab> Tabs { get; init; }
        public required IReadOnlyList<CardView.Content> Cards { get; init; }

        /// <summary>The next page; null after the last.</summary>
        public string? Older { get; init; }

        /// <summary>The first page; null on it.</summary>
        public string? Newest { get; init; }

        /// <summary>This page, to come back to.</summary>
        public required string Here { get; init; }

        /// <summary>When this moderator gets mail about what waits: <c>never</c>, <c>at-once</c>, <c>hourly</c>.</summary>
        public required string Mail { get; init; }

        /// <summary>What is said of the flood that lasts; null for none.</summary>
        public string? Flood { get; init; }

        /// <summary>Legal notices that wait.</summary>
        public int Notices { get; init; }

        /// <summary>There is more than what stands on this page.</summary>
        public bool MayDecideAll { get; init; }
    }

    /// <param name="Count">Null where it says nothing.</param>
    public sealed record Tab(string Name, string Queue, bool IsCurrent, int? Count);
}
