using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>Comments as cards, each with what a decision needs: what it answers, what the checks and the readers said, who writes. At most ten statements, however many cards.</summary>
internal static class CardMaker
{
    public static async Task<IReadOnlyList<CardView.Content>> MakeAsync(BroadsheetDb db, ReaderSite site, List<Comment> comments, QueueSearch search, CancellationToken ct)
    {
        if (comments.Count == 0) return [];
        var facts = await CardFacts.LoadAsync(db, comments, ct);
        return [.. comments.Select(c => Card(c, facts, site, search))];
    }

    private static CardView.Content Card(Comment c, CardFacts facts, ReaderSite site, QueueSearch search)
    {
        var article = facts.Articles.GetValueOrDefault(c.ArticleId);
        var parent = c.ParentId is { } id ? facts.Parents.GetValueOrDefault(id) : null;
        var url = article is null ? "" : site.Links.To(article);
        var last = facts.Last.GetValueOrDefault(c.Id);
        var body = MaskedWords.Original(c, site.Publication);
        var person = c.PersonId is { } personId ? facts.People.GetValueOrDefault(personId) : null;
        return new CardView.Content
        {
            Id = c.Id,
            Author = c.AuthorName.Length > 0 ? c.AuthorName : "Anonymous",
            Email = c.AuthorEmail,
            Url = c.AuthorUrl,
            Ip = c.AuthorIp,
            PersonId = c.PersonId,
            Person = person is null ? null : $"{(person.Role == Core.People.Role.Reader ? "registered" : person.Role.ToString().ToLowerInvariant())} since {person.JoinedAt.Year}",
            IsPing = c.Kind is CommentKind.Pingback or CommentKind.Trackback,
            When = DeskTime.Of(c.AtLocal),
            Number = c.FullNumber?.ToString(),
            Standing = QueueNames.Of(c.Standing),
            Body = WordMarks.Mark(body, [.. search.Words, .. ListedWords(c, body, site.Publication.Rules)]),
            IsMasked = body.Value != c.BodyHtml,
            IsEdited = c.EditedAt is not null,
            Seen = string.Create(CultureInfo.InvariantCulture, $"{last?.Decision.Id ?? 0}.{c.EditedAt?.ToUnixTimeMilliseconds() ?? 0}.{QueueNames.Of(c.Standing)}"),
            ArticleId = c.ArticleId,
            Article = article is { TitleText.Length: > 0 } ? article.TitleText : "Untitled",
            ArticleUrl = url,
            CommentUrl = c.Standing == Standing.Shown && url.Length > 0 ? site.Links.ToComment(url, c.Id, c.FullNumber) : null,
            ParentAuthor = parent?.AuthorName,
            ParentWords = parent is null ? null : MaskedWords.OriginalExcerpt(parent, site.Publication, 40),
            Checks = [.. ScreeningNote.Read(c.Screening).Select(r => new CardView.Content.Check(r.Check, r.Mode == CheckMode.Advise ? "advice" : r.Leaning.ToString().ToLowerInvariant(), r.Mode == CheckMode.Advise ? $"{r.Reason} (It only advises.)" : r.Reason, r.Comments ?? []))],
            Reports = [.. facts.Reports.Where(r => r.CommentId == c.Id).Select(r => new CardView.Content.Report(ReportNames.Of(r.Reason), r.Note, r.PersonId is null ? "a guest" : facts.Reporters.GetValueOrDefault(r.PersonId.Value, "somebody who is gone"), DeskTime.Of(site.Publication, r.At)))],
            Appeal = facts.Appeals.TryGetValue(c.Id, out var appeal) ? new CardView.Content.Plea(appeal.Words, DeskTime.Of(site.Publication, appeal.At)) : null,
            History = facts.HistoryOf(c),
            Decided = facts.TakenBack.Contains(c.Id) ? "Deleted by its writer" : last is null ? null : Words(last, site.Publication),
        };
    }

    /// <summary>What stands in the text of the words of the lists, as it is written there: in disguise, too.</summary>
    private static IEnumerable<string> ListedWords(Comment c, SafeHtml body, ScreeningRules rules)
    {
        if (c.Screening?.Contains("words\"", StringComparison.Ordinal) != true) return [];
        var text = PlainText.Of(body.Value);
        return new[] { rules.RefuseWords, rules.HoldWords, rules.SilencingWords }.SelectMany(list => WordsCheck.Find(text, list)).Select(f => text.Substring(f.Start, f.Length).Trim());
    }

    /// <summary>Who did what, and when.</summary>
    public static string Words(LastDecision last, Publication publication) =>
        $"{(last.Decision.Undoes is null ? "" : "Taken back: ")}{QueueNames.Deed(last.Decision)} by {last.Who}, {DeskTime.Of(publication, last.Decision.At)}{(last.Decision.Reason.Length > 0 ? $": {last.Decision.Reason}" : "")}";
}

/// <param name="Who">By name; the program and who is gone have words of their own.</param>
internal sealed record LastDecision(Decision Decision, string Who);
