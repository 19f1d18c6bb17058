using Broadsheet.Core.Discussion;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>What is to happen with a comment.</summary>
/// <param name="Id">Its id here; 0 for one that is skipped.</param>
/// <param name="IsPresent">It is here already.</param>
/// <param name="Skip">Why it is left out; null where it is not.</param>
internal readonly record struct CommentFate(long Id, bool IsPresent, string? Skip);

/// <summary>What is to happen with an item, decided before anything of it is written.</summary>
/// <param name="OldId">How the source knows it; negative where the file gives it no id of its own.</param>
/// <param name="Id">Its id here.</param>
/// <param name="IsPresent">It is here already.</param>
/// <param name="Fates">One for each of the found item's comments.</param>
/// <param name="Thread">The numbers of its new comments.</param>
/// <param name="Mark">What was noted of it while it was not whole; null for one that is written at once, or whole.</param>
internal sealed record ItemPlan(long OldId, long Id, bool IsPresent, CommentFate[] Fates, ThreadPlan Thread, ThreadMark? Mark)
{
    public bool HasNewComments => Array.Exists(Fates, f => f is { IsPresent: false, Skip: null });
}

/// <summary>Kept with an article (as meta) while its comments are being written, so that an interrupted import gives the same numbers.</summary>
/// <param name="IsHidden">Readers do not see it yet.</param>
/// <param name="LastNumber">The last top-level number before this import's.</param>
/// <param name="LastReplies">By the id of a top-level comment that was there before: its last reply number then.</param>
internal sealed record ThreadMark(bool IsHidden, int LastNumber, Dictionary<long, int> LastReplies)
{
    public const string Key = "_broadsheet_import";
}

[System.Text.Json.Serialization.JsonSerializable(typeof(ThreadMark))]
internal sealed partial class ThreadMarkJson : System.Text.Json.Serialization.JsonSerializerContext;
