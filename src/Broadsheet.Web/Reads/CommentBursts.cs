using System.Globalization;
using System.Net;
using Broadsheet.Core.Screening;

namespace Broadsheet.Web.Reads;

/// <summary>How many comments came within a minute, from one network and into one discussion: in this process and until it ends.</summary>
internal sealed class CommentBursts(CountedNetworks networks, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly SlidingCounts _counts = new(Window, clock);

    /// <summary>Counts a comment that came, and says how many there were with it.</summary>
    public ScreeningFacts Count(ScreeningFacts facts, IPAddress? from, long articleId) => facts with
    {
        FromNetwork = networks.WideOf(from) is { } network ? _counts.Add(network) : 0,
        IntoThread = facts.IsTrusted || facts.History.Shown > 0 ? 0 : _counts.Add(string.Create(CultureInfo.InvariantCulture, $"#{articleId}")),
    };
}
