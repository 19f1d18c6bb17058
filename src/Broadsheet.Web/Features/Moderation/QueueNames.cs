using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>What a moderator looks at.</summary>
internal enum QueueView
{
    Reported,

    /// <summary>Their writers ask for another look.</summary>
    Appealed,
    Held,
    Spam,
    Trash,
    Shown,

    /// <summary>What one decided oneself.</summary>
    Mine,
}

/// <summary>The queues and the decisions as addresses, forms and sentences name them.</summary>
internal static class QueueNames
{
    public const string Page = "/newsroom/comments/";

    public static IReadOnlyList<QueueView> Views { get; } = Enum.GetValues<QueueView>();

    public static string Of(QueueView view) => view.ToString().ToLowerInvariant();

    public static QueueView View(string? name) => Enum.TryParse<QueueView>(name, ignoreCase: true, out var view) && Enum.IsDefined(view) && !char.IsDigit(name![0]) ? view : QueueView.Held;

    public static string Title(QueueView view) => view switch { QueueView.Shown => "Recently shown", QueueView.Mine => "Decided by me", QueueView.Appealed => "Appeals", _ => view.ToString() };

    /// <summary>Null for what is not one standing.</summary>
    public static Standing? StandingOf(QueueView view) => view switch { QueueView.Held => Standing.Held, QueueView.Spam => Standing.Spam, QueueView.Trash => Standing.Trashed, QueueView.Shown => Standing.Shown, _ => null };

    /// <summary>Null where the length says nothing.</summary>
    public static Queue? LengthOf(QueueView view) => view switch { QueueView.Reported => Queue.Reported, QueueView.Appealed => Queue.Appealed, QueueView.Held => Queue.Held, QueueView.Spam => Queue.Spam, QueueView.Trash => Queue.Trash, _ => null };

    public static string Of(Standing standing) => standing switch { Standing.Shown => "shown", Standing.Spam => "spam", Standing.Trashed => "trash", _ => "held" };

    public static Standing? Parse(string? name) => name switch { "shown" => Standing.Shown, "spam" => Standing.Spam, "trash" => Standing.Trashed, "held" => Standing.Held, _ => null };

    /// <summary>What is said of comments that came here.</summary>
    public static string Done(Standing standing, int count) => (count == 1 ? "The comment is " : $"{count} comments are ") + standing switch
    {
        Standing.Shown => "shown to readers.",
        Standing.Spam => "marked as spam.",
        Standing.Trashed => "in the trash.",
        _ => "held again.",
    };

    /// <summary>What somebody did, as a verb; where nobody did and the comment stayed, the rules noted something of its writer.</summary>
    public static string Deed(Decision decision) => decision.To switch
    {
        _ when decision.From == decision.To => decision.PersonId is null ? "Its writer silenced" : "Looked at and left",
        Standing.Shown => "Approved",
        Standing.Spam => "Marked as spam",
        Standing.Trashed => "Put in the trash",
        _ => "Held",
    };
}
