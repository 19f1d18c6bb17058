using Broadsheet.Core.Screening;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>The checks that a comment passes, in order, with the reason for each place.</summary>
internal static class CheckOrder
{
    public static IReadOnlyList<ICommentCheck> All { get; } =
    [
        new HoneypotCheck(),      // costs nothing and is nearly never wrong
        new FormCheck(),          // did it come through our form at all
        new TooFastCheck(),       // from the form alone, too
        new HoldAllCheck(),       // then WordPress's order (check_comment): everything held …
        new LinksCheck(),         // … links …
        new WordsCheck(),         // … words …
        new FirstCommentCheck(),  // … strangers
    ];
}
