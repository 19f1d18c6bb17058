using Broadsheet.Core.Screening;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>The checks that a comment passes, in order, with the reason for each place.</summary>
internal static class CheckOrder
{
    /// <summary>With those that ask other servers, last: what this server knows itself need not be told to anyone.</summary>
    public static IReadOnlyList<ICommentCheck> With(params IEnumerable<ICommentCheck?> outside) => [.. All, .. outside.OfType<ICommentCheck>()];

    public static IReadOnlyList<ICommentCheck> All { get; } =
    [
        new HoneypotCheck(),          // costs nothing and is nearly never wrong
        new FormCheck(),              // did it come through our form at all
        new TooFastCheck(),           // from the form alone, too
        new BanCheck(),               // what a moderator said of the writer goes before what is guessed
        new WatchedWriterCheck(),     // the same
        new HoldAllCheck(),           // then WordPress's order (check_comment): everything held …
        new LinksCheck(),             // … links …
        new LinkDomainsCheck(),       // (and where they lead)
        new LinkShortenersCheck(),
        new WordsCheck(),             // … words …
        new FirstCommentCheck(),      // … strangers
        new EmailDomainCheck(),       // what is known of the address
        new RecentRejectionsCheck(),  // then what is counted: the writer's record …
        new RepeatsCheck(),           // … the same words elsewhere …
        new BurstCheck(),             // … and how many come at this moment
    ];
}
