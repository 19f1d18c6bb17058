namespace Broadsheet.Web.Features.Moderation;

/// <summary>What can be done with a comment of each queue.</summary>
internal static class Deeds
{
    private static readonly CardView.Button Approve = new("shown", "Approve", 'a');
    private static readonly CardView.Button Leave = new("shown", "Leave it", 'a');
    private static readonly CardView.Button Refuse = new("trash", "Leave it out", 'd');
    private static readonly CardView.Button NotSpam = new("shown", "Not spam", 'a');
    private static readonly CardView.Button Spam = new("spam", "Spam", 's');
    private static readonly CardView.Button Trash = new("trash", "Trash", 'd');
    private static readonly CardView.Button Hold = new("held", "Hold", 'h');

    /// <summary>For one card: what its standing leaves; what was reported may also be left as it is.</summary>
    public static IReadOnlyList<CardView.Button> For(string queue, string standing) => (queue, standing) switch
    {
        ("reported", "shown") => [Leave, Spam, Trash, Hold],
        ("appealed", "spam" or "trash") => [Approve, Refuse with { To = standing }, Hold],
        _ => For(standing),
    };

    /// <summary>For a comment of this standing, or for all that are ticked in this queue.</summary>
    public static IReadOnlyList<CardView.Button> For(string queue) => queue switch
    {
        "spam" => [NotSpam, Hold, Trash],
        "trash" => [Approve, Hold, Spam],
        "shown" => [Hold, Spam, Trash],
        "held" => [Approve, Spam, Trash],
        "appealed" => [Approve, Refuse, Hold],
        "reported" => [Approve, Spam, Trash, Hold],
        _ => [Approve, Spam, Trash, Hold],
    };
}
