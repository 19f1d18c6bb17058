using System.Globalization;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Moderation.Rules;

/// <summary>Between the form of the rules and the publication's settings, by the form's names.</summary>
internal static class ScreeningFields
{
    private static readonly (string Name, Func<Publication, int> Read, Action<Publication, int> Write)[] Numbers =
    [
        ("close_after_days", p => p.CloseAfterDays, (p, n) => p.CloseAfterDays = n),
        ("slow_seconds", p => p.SlowSeconds, (p, n) => p.SlowSeconds = n),
        ("flood_seconds", p => p.FloodSeconds, (p, n) => p.FloodSeconds = n),
        ("first_comments", p => p.FirstComments, (p, n) => p.FirstComments = n),
        ("hold_links", p => p.HoldLinks, (p, n) => p.HoldLinks = n),
        ("trust_after", p => p.TrustAfter, (p, n) => p.TrustAfter = n),
        ("newcomer_links", p => p.NewcomerLinks, (p, n) => p.NewcomerLinks = n),
        ("newcomer_hourly", p => p.NewcomerHourly, (p, n) => p.NewcomerHourly = n),
        ("rejected_percent", p => p.RejectedPercent, (p, n) => p.RejectedPercent = n),
        ("network_burst", p => p.NetworkBurst, (p, n) => p.NetworkBurst = n),
        ("thread_burst", p => p.ThreadBurst, (p, n) => p.ThreadBurst = n),
        ("work_from", p => p.WorkFrom, (p, n) => p.WorkFrom = n),
        ("work_bits", p => p.WorkBits, (p, n) => p.WorkBits = n),
        ("hold_spam_from", p => p.HoldSpamFrom, (p, n) => p.HoldSpamFrom = n),
        ("spam_from", p => p.SpamFrom, (p, n) => p.SpamFrom = n),
        ("hold_toxic_from", p => p.HoldToxicFrom, (p, n) => p.HoldToxicFrom = n),
        ("purge_days", p => p.PurgeDays, (p, n) => p.PurgeDays = n),
    ];

    private static readonly (string Name, Func<Publication, bool> Read, Action<Publication, bool> Write)[] Boxes =
    [
        ("comments_open", p => p.CommentsOpen, (p, on) => p.CommentsOpen = on),
        ("staff_only", p => p.StaffOnly, (p, on) => p.StaffOnly = on),
        ("hold_all", p => p.HoldAll, (p, on) => p.HoldAll = on),
        ("hold_first", p => p.HoldFirst, (p, on) => p.HoldFirst = on),
        ("work_always", p => p.WorkAlways, (p, on) => p.WorkAlways = on),
    ];

    private static readonly (string Name, Func<Publication, string> Read, Action<Publication, string> Write)[] Lists =
    [
        ("hold_words", p => p.HoldWords, (p, text) => p.HoldWords = text),
        ("refuse_words", p => p.RefuseWords, (p, text) => p.RefuseWords = text),
        ("silencing_words", p => p.SilencingWords, (p, text) => p.SilencingWords = text),
        ("masked_words", p => p.MaskedWords, (p, text) => p.MaskedWords = text),
        ("email_domains", p => p.EmailDomains, (p, text) => p.EmailDomains = text),
        ("link_domains", p => p.LinkDomains, (p, text) => p.LinkDomains = text),
    ];

    private static readonly (string Name, Func<Publication, string> Read, Action<Publication, string> Write)[] Texts =
    [
        ("guidelines_title", p => p.GuidelinesTitle, (p, text) => p.GuidelinesTitle = text),
        ("guidelines", p => p.Guidelines, (p, text) => p.Guidelines = text),
        ("announcement", p => p.Announcement, (p, text) => p.Announcement = text),
    ];

    private const string AnnouncementUntil = "announcement_until";

    /// <summary>The lists that a file may be added to, by their fields' names.</summary>
    public static IEnumerable<string> ListNames => Lists.Select(l => l.Name);

    public static string ModeField(ICommentCheck check) => $"mode_{check.Name}";

    /// <param name="added">Lines from files, by the list's field.</param>
    /// <param name="problems">Gets what is no number, and no moment.</param>
    public static Publication Apply(IFormCollection form, IReadOnlyDictionary<string, string> added, IReadOnlyList<ICommentCheck> checks, Publication publication, Dictionary<string, string> problems)
    {
        var wished = publication with { CheckModes = new Dictionary<string, CheckMode>(publication.CheckModes, StringComparer.Ordinal) };
        foreach (var (name, _, write) in Numbers)
        {
            if (int.TryParse(form[name].ToString().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) write(wished, number);
            else problems[name] = "Give a whole number, without a sign.";
        }
        foreach (var (name, _, write) in Boxes) write(wished, form.ContainsKey(name));
        foreach (var (name, _, write) in Lists) write(wished, Merge(form[name].ToString(), added.GetValueOrDefault(name, "")));
        foreach (var (name, _, write) in Texts) write(wished, form[name].ToString().ReplaceLineEndings("\n").Trim());
        wished.AnnouncementUntil = Moment(form[AnnouncementUntil].ToString().Trim(), publication, problems);
        foreach (var check in checks)
            if (Enum.TryParse<CheckMode>(form[ModeField(check)], ignoreCase: true, out var mode) && Enum.IsDefined(mode)) wished.CheckModes[check.Name] = mode;
        return wished;
    }

    /// <summary>By the form's names; a checkbox is <c>1</c> or empty.</summary>
    public static Dictionary<string, string> Of(Publication p) =>
        Numbers.Select(n => KeyValuePair.Create(n.Name, n.Read(p).ToString(CultureInfo.InvariantCulture)))
            .Concat(Boxes.Select(b => KeyValuePair.Create(b.Name, b.Read(p) ? "1" : ""))).Concat(Lists.Concat(Texts).Select(l => KeyValuePair.Create(l.Name, l.Read(p))))
            .Append(KeyValuePair.Create(AnnouncementUntil, DeskTime.Field(p.AnnouncementUntil is { } until ? p.Local(until) : null))).ToDictionary(StringComparer.Ordinal);

    private static DateTimeOffset? Moment(string written, Publication publication, Dictionary<string, string> problems)
    {
        if (written.Length == 0) return null;
        if (DeskTime.Read(written) is { } local && DeskTime.Instant(publication, local) is { } moment) return moment;
        problems[AnnouncementUntil] = "Give a date and time that there is, such as 2026-12-24T18:00, in a year from 1000 to 9998, or leave it empty.";
        return null;
    }

    /// <summary>Without doubles; in the order in which they came.</summary>
    private static string Merge(string typed, string added)
    {
        if (added.Length == 0) return typed.ReplaceLineEndings("\n");
        var lines = $"{typed}\n{added}".ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join('\n', lines.Distinct(StringComparer.OrdinalIgnoreCase));
    }
}
