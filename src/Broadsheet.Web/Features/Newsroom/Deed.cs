using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>What a button of the editor asks for.</summary>
internal enum Deed
{
    Draft,
    Review,
    Schedule,
    Publish,
    Update,
    Preview,
}

/// <summary>Where a deed puts an article, and when.</summary>
internal static class Deeds
{
    public static Deed? Parse(string? name) => Enum.TryParse<Deed>(name, ignoreCase: true, out var deed) && Enum.IsDefined(deed) ? deed : null;

    /// <summary>Readers see it, at once or later: it takes the right to publish.</summary>
    public static bool TakesPublishing(this Deed deed, ArticleStatus now) => deed is Deed.Publish or Deed.Schedule || (deed == Deed.Update && now is ArticleStatus.Published or ArticleStatus.Private or ArticleStatus.Scheduled);

    /// <param name="stored">The article as it is; null for a new one.</param>
    /// <returns>The edit with its standing and date; problems with them go to <c>date</c>.</returns>
    public static ArticleEdit Apply(this Deed deed, ArticleEdit edit, string date, Article? stored, Publication publication, DateTimeOffset now, IDictionary<string, string> problems)
    {
        var local = date.Length > 0 ? DeskTime.Read(date) : null;
        DateTimeOffset? at = null;
        if (date.Length > 0 && local is null) problems["date"] = "Write date and time as 2020-02-20T18:30, in a year from 1000 to 9998.";
        // To the minute as stored: then it is the stored moment, to the millisecond, in the zone of its day.
        else if (local is { } written && DeskTime.Field(stored?.PublishedLocal) == DeskTime.Field(written)) at = stored!.PublishedAt;
        else if (local is { } chosen && (at = DeskTime.Instant(publication, chosen)) is null) problems["date"] = "This time does not exist: clocks go forward over it.";
        var isOut = stored?.Status is ArticleStatus.Published or ArticleStatus.Private;
        var status = deed switch
        {
            Deed.Draft => ArticleStatus.Draft,
            Deed.Review => ArticleStatus.InReview,
            Deed.Update => stored?.Status ?? ArticleStatus.Draft,
            _ => ArticleStatus.Published,
        };
        if (deed == Deed.Schedule && !problems.ContainsKey("date") && !(at > now)) problems["date"] = "Choose a date and time to come.";
        if (status == ArticleStatus.Scheduled && at is null && !problems.ContainsKey("date")) problems["date"] = "A scheduled article needs its date and time.";
        // An emptied date means now for what goes out now, as the old date of what was scheduled does; else the stored one stays.
        if (deed == Deed.Publish && !isOut && (at is null || (stored?.Status == ArticleStatus.Scheduled && at == stored.PublishedAt))) at = now;
        return edit with { Status = status, PublishedAt = at };
    }
}
