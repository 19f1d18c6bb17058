using System.Globalization;
using Broadsheet.Core.Discussion;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>A decision with what it takes to judge it.</summary>
/// <param name="WrittenAt">When the comment came.</param>
internal sealed record DecidedComment(long Id, long CommentId, long? PersonId, Standing From, Standing To, DateTimeOffset At, long? Undoes, string? Opinions, DateTimeOffset WrittenAt);

/// <summary>How moderators and checks did, from decisions of some time.</summary>
/// <param name="Decided">First decisions of people; what was taken back counts here, and among the overturned.</param>
/// <param name="Median">From the comment to the first decision on what was held; null where there was none.</param>
/// <param name="Slowest">Nine in ten were quicker; null where there was none.</param>
/// <param name="Overturned">Later decided otherwise, by whomever.</param>
internal sealed record LoadFigures(int Decided, TimeSpan? Median, TimeSpan? Slowest, int Overturned, IReadOnlyList<LoadFigures.OfPerson> People, IReadOnlyList<LoadFigures.OfCheck> Checks)
{
    public sealed record OfPerson(long PersonId, int Decided, int Overturned);

    /// <param name="Check">By its name.</param>
    /// <param name="OnlyAdvised">What it said while it only advised stands apart.</param>
    /// <param name="Said">Comments that this check spoke against and a person decided on.</param>
    /// <param name="Right">Of these, those that did not come before readers.</param>
    public sealed record OfCheck(string Check, bool OnlyAdvised, int Said, int Right);

    public static LoadFigures Of(IReadOnlyList<DecidedComment> decisions)
    {
        // What the program notes of a writer moves no comment.
        var byComment = decisions.Where(d => d.PersonId is not null || d.From != d.To).GroupBy(d => d.CommentId).Select(g => g.OrderBy(d => d.Id).ToList()).ToList();
        var own = byComment.SelectMany(list => list.Where(d => d.PersonId is not null && d.Undoes is null).Select(d => (Decision: d, IsOverturned: list.Exists(later => later.Id > d.Id && later.To != d.To)))).ToList();
        var waits = byComment.Select(list => list[0]).Where(d => d is { From: Standing.Held, PersonId: not null }).Select(d => d.At - d.WrittenAt).Where(w => w >= TimeSpan.Zero).Order().ToList();
        // The last word of a person on each comment judges the checks.
        var last = byComment.Select(list => list.FindLast(d => d.PersonId is not null)).OfType<DecidedComment>().ToList();
        var checks = last.SelectMany(d => (d.Opinions ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(o => (Name: o.Split(':')[0], OnlyAdvised: o.EndsWith('?'))).Distinct().Select(check => (check, IsRight: d.To != Standing.Shown)))
            .GroupBy(c => c.check).Select(g => new OfCheck(g.Key.Name, g.Key.OnlyAdvised, g.Count(), g.Count(c => c.IsRight))).OrderByDescending(c => c.Said).ToList();
        return new LoadFigures(own.Count, At(waits, 0.5), At(waits, 0.9), own.Count(d => d.IsOverturned),
            [.. own.GroupBy(d => d.Decision.PersonId!.Value).Select(g => new OfPerson(g.Key, g.Count(), g.Count(d => d.IsOverturned))).OrderByDescending(p => p.Decided)], checks);
    }

    public static string Share(int part, int of) => of == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / of:0} % ({part:N0})");

    public static string Words(TimeSpan time) => time.TotalMinutes < 1 ? "under a minute" : time.TotalMinutes < 1.5 ? "a minute" : time.TotalMinutes < 90 ? $"{Math.Round(time.TotalMinutes):0} minutes" : time.TotalHours < 48 ? $"{Math.Round(time.TotalHours):0} hours" : $"{Math.Round(time.TotalDays):0} days";

    private static TimeSpan? At(List<TimeSpan> sorted, double share) => sorted.Count == 0 ? null : sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
}
