using System.Globalization;
using System.Net;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;

namespace Broadsheet.Web.Reads;

/// <summary>How many comments came within a minute, from one network and into one discussion, and of one newcomer within an hour: in this process and until it ends.</summary>
internal sealed class CommentBursts(CountedNetworks networks, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly SlidingCounts _counts = new(Window, clock);
    private readonly SlidingCounts _newcomers = new(TimeSpan.FromHours(1), clock);

    /// <summary>Counts a comment that came, and says how many there were with it.</summary>
    public ScreeningFacts Count(ScreeningFacts facts, IPAddress? from, CommentDraft draft, long? personId) => facts with
    {
        FromNetwork = networks.WideOf(from) is { } network ? _counts.Add(network) : 0,
        IntoThread = facts.IsTrusted || facts.History.Shown > 0 ? 0 : _counts.Add(ThreadKey(draft)),
        WithinHour = facts is { IsNewcomer: true, Rules.NewcomerHourly: > 0 } && KeyOf(from, draft, personId) is { } key ? _newcomers.Add(key) : 0,
    };

    /// <summary>A comment that was counted goes back to its writer, to be sent again.</summary>
    /// <param name="facts">As they were counted.</param>
    public void TakeBack(ScreeningFacts facts, IPAddress? from, CommentDraft draft, long? personId)
    {
        if (facts.FromNetwork > 0 && networks.WideOf(from) is { } network) _counts.TakeBack(network);
        if (facts.IntoThread > 0) _counts.TakeBack(ThreadKey(draft));
        if (facts.WithinHour > 0 && KeyOf(from, draft, personId) is { } key) _newcomers.TakeBack(key);
    }

    private static string ThreadKey(CommentDraft draft) => string.Create(CultureInfo.InvariantCulture, $"#{draft.ArticleId}");

    /// <summary>By account or by mailbox, else by network.</summary>
    private string? KeyOf(IPAddress? from, CommentDraft draft, long? personId) =>
        personId is { } person ? string.Create(CultureInfo.InvariantCulture, $"#{person}") : EmailIdentity.Of(draft.AuthorEmail) is { Length: > 0 } mailbox ? mailbox : networks.WideOf(from);
}
