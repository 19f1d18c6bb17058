using System.Globalization;
using System.Net;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Reads;

/// <summary>How many comments came within a minute, from one network and into one discussion, and of one newcomer within an hour.</summary>
internal sealed class CommentBursts(CountedNetworks networks, ISharedCounts counts)
{
    private static readonly CountKind OfMinute = new("comments", TimeSpan.FromMinutes(1));
    private static readonly CountKind OfAll = new("flood", TimeSpan.FromMinutes(1));
    private static readonly CountKind OfNewcomer = new("newcomers", TimeSpan.FromHours(1));

    /// <summary>Counts a comment that came, and says how many there were with it.</summary>
    public async ValueTask<ScreeningFacts> CountAsync(ScreeningFacts facts, IPAddress? from, CommentDraft draft, long? personId)
    {
        var network = networks.WideOf(from) is { } wide ? new CountKey(wide, int.MaxValue) : (CountKey?)null;
        var thread = facts.IsTrusted || facts.History.Shown > 0 ? (CountKey?)null : new CountKey(ThreadKey(draft), int.MaxValue);
        var newcomer = facts is { IsNewcomer: true, Rules.NewcomerHourly: > 0 } ? KeyOf(from, draft, personId) : null;
        var minute = network is { } n ? thread is { } t ? await CountAsync(n, t) : await CountAsync(n) : thread is { } alone ? await CountAsync(alone) : [];
        return facts with
        {
            FromNetwork = network is null ? 0 : minute[0],
            IntoThread = thread is null ? 0 : minute[^1],
            WithinHour = newcomer is null ? 0 : (await counts.AddAsync(OfNewcomer, new CountKey(newcomer, int.MaxValue))).Counts[0],
        };
    }

    /// <summary>A newcomer's comment came.</summary>
    /// <returns>How many did within a minute, whoever they were.</returns>
    public async ValueTask<int> CountNewcomerAsync() => (await counts.AddAsync(OfAll, new CountKey("all", int.MaxValue))).Counts[0];

    /// <summary>A comment that was counted goes back to its writer, to be sent again.</summary>
    /// <param name="facts">As they were counted.</param>
    public async ValueTask TakeBackAsync(ScreeningFacts facts, IPAddress? from, CommentDraft draft, long? personId)
    {
        if (facts.FromNetwork > 0 && networks.WideOf(from) is { } network) await counts.TakeBackAsync(OfMinute, network);
        if (facts.IntoThread > 0) await counts.TakeBackAsync(OfMinute, ThreadKey(draft));
        if (facts.WithinHour > 0 && KeyOf(from, draft, personId) is { } key) await counts.TakeBackAsync(OfNewcomer, key);
    }

    private async ValueTask<int[]> CountAsync(params CountKey[] keys) => (await counts.AddAsync(OfMinute, keys)).Counts;

    private static string ThreadKey(CommentDraft draft) => string.Create(CultureInfo.InvariantCulture, $"#{draft.ArticleId}");

    /// <summary>By account or by mailbox, else by network.</summary>
    private string? KeyOf(IPAddress? from, CommentDraft draft, long? personId) =>
        personId is { } person ? string.Create(CultureInfo.InvariantCulture, $"#{person}") : EmailIdentity.Of(draft.AuthorEmail) is { Length: > 0 } mailbox ? mailbox : networks.WideOf(from);
}
