using Broadsheet.Core.Discussion;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>The queues as addresses and forms name them.</summary>
internal static class QueueNames
{
    public static IReadOnlyList<Standing> All { get; } = [Standing.Held, Standing.Spam, Standing.Trashed, Standing.Shown];

    public static string Of(Standing standing) => standing switch { Standing.Shown => "shown", Standing.Spam => "spam", Standing.Trashed => "trash", _ => "held" };

    public static Standing? Parse(string? name) => All.Cast<Standing?>().FirstOrDefault(s => Of(s!.Value) == name);

    /// <summary>What is said of comments that came here.</summary>
    public static string Done(Standing standing, int count) => (count == 1 ? "The comment is " : $"{count} comments are ") + standing switch
    {
        Standing.Shown => "shown to readers.",
        Standing.Spam => "marked as spam.",
        Standing.Trashed => "in the trash.",
        _ => "held again.",
    };
}
