using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Data;

/// <summary>Notes who did what, in the same write as the deed: there is none without its line.</summary>
internal static class AuditLedger
{
    private const int Longest = 500;

    /// <param name="by">Null for the program itself.</param>
    /// <param name="subject">See <see cref="AuditEntry.Subject"/>.</param>
    public static void Note(WriteScope scope, long? by, string subject, string what) => scope.Db.AuditEntries.Add(new AuditEntry { At = scope.Now, PersonId = by, Subject = subject, What = Cut(what) });

    /// <summary>What differs between two states of the same settings, a line each: <c>Title: “A” → “B”</c>.</summary>
    /// <param name="fields">Name, before and after.</param>
    public static void NoteChanges(WriteScope scope, long? by, string subject, IEnumerable<(string Name, string Before, string After)> fields)
    {
        foreach (var (name, before, after) in fields)
            if (before != after) Note(scope, by, subject, $"{name}: {Quoted(before)} → {Quoted(after)}");
    }

    /// <summary>Where an article stands now, if that is elsewhere than before and readers see a difference, or someone may look for it.</summary>
    public static void NoteStanding(WriteScope scope, long? by, Article article, ArticleStatus from, ArticleStatus to)
    {
        if (from == to || Moved(from, to) is not { } moved) return;
        Note(scope, by, article.Kind switch { ArticleKind.Page => "pages", ArticleKind.Attachment => "media", _ => "articles" }, $"“{(article.TitleText.Length > 0 ? article.TitleText : "Untitled")}” {moved}.");
    }

    private static string? Moved(ArticleStatus from, ArticleStatus to) => to switch
    {
        ArticleStatus.Published => "was published",
        ArticleStatus.Scheduled => "was scheduled",
        ArticleStatus.Private => "was published for the staff alone",
        ArticleStatus.Trashed => "was moved to the trash",
        _ when from is ArticleStatus.Trashed => "was taken out of the trash",
        _ when from is ArticleStatus.Published or ArticleStatus.Scheduled or ArticleStatus.Private => "went back to the drafts",
        _ => null,
    };

    private static string Quoted(string value) => value.Length == 0 ? "nothing" : value.Length <= 200 ? $"“{value}”" : $"“{Cut(value, 200)}” ({value.Length:N0} characters)";

    private static string Cut(string text, int longest = Longest)
    {
        text = text.ReplaceLineEndings(" ");
        return text.Length <= longest ? text : $"{text[..(char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1)]}…";
    }
}
