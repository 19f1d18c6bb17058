using Broadsheet.Core.Screening;
using Broadsheet.Core.Screening.Models;
using Broadsheet.Web.Features.Moderation.Models;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>The checks that a comment passes, in order, with the reason for each place.</summary>
internal static class CheckOrder
{
    /// <summary>With the models, which are taught as they go, and with those that ask other servers, last: what this server knows itself need not be told to anyone.</summary>
    public static IReadOnlyList<ICommentCheck> With(LearnedModels models, params IEnumerable<ICommentCheck?> outside) =>
    [
        .. All,
        new SpamModelCheck(models.ModelOf(ModelKind.Spam), () => models.WeightsOf(ModelKind.Spam)),
        new ToxicityCheck(models.ModelOf(ModelKind.Toxicity), () => models.WeightsOf(ModelKind.Toxicity)),
        .. outside.OfType<ICommentCheck>(),
    ];

    public static IReadOnlyList<ICommentCheck> All { get; } =
    [
        new HoneypotCheck(),          // costs nothing and is nearly never wrong
        new FormCheck(),              // did it come through our form at all
        new TooFastCheck(),           // from the form alone, too
        new BanCheck(),               // what a moderator said of the writer goes before what is guessed
        new WatchedWriterCheck(),     // the same
        new HoldAllCheck(),           // then WordPress's order (check_comment): everything held …
        new LinksCheck(),             // … links …
        new NewcomerCheck(),          // (fewer for newcomers …
        new LinkDomainsCheck(),       // … and where they lead)
        new LinkShortenersCheck(),
        new WordsCheck(),             // … words …
        new SilencingWordsCheck(),    // (and those that say something of their writer)
        new FirstCommentCheck(),      // … strangers
        new EmailDomainCheck(),       // what is known of the address
        new RecentRejectionsCheck(),  // then what is counted: the writer's record …
        new RepeatsCheck(),           // … the same words elsewhere …
        new BurstCheck(),             // … how many come at this moment …
        new WorkCheck(),              // … and, while that is a flood, what the browser has done for it
    ];
}
