using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>How a comment came to be written.</summary>
/// <param name="Honeypot">What stands in the field that people do not see; empty for nothing.</param>
/// <param name="Time">From the first touch of the form; null where nobody measured.</param>
/// <param name="HasToken">The form was rendered here.</param>
internal sealed record Typing(string Honeypot, TimeSpan? Time, bool HasToken)
{
    /// <summary>The form's; empty for none.</summary>
    public string Token { get; init; } = "";

    /// <summary>The solution of its sum; empty for none.</summary>
    public string Work { get; init; } = "";
}

/// <summary>Who writes, as far as the checks must know.</summary>
/// <param name="Role">Null for a guest.</param>
internal sealed record Writer(Role? Role, CommenterTrust Trust, bool IsModerator)
{
    public static Writer Of(CurrentPerson? person, CommenterTrust trust, Publication publication) => new(person?.Role, trust, person?.May(Permission.Moderate, publication) == true);
}

/// <summary>A comment before it is judged.</summary>
/// <param name="Id">Null for a new one.</param>
internal sealed record Judged(long? Id, CommentDraft Draft, CommentOrigin Origin, SafeHtml Html, Writer Writer)
{
    public string Text { get; } = PlainText.Of(Html.Value);

    public TextPrint? Print => field ??= TextPrint.Of(Text);
}

/// <param name="Screening">What each check said, as JSON; null where none did.</param>
/// <param name="AsksAgain">A check could not say, and will be asked again.</param>
/// <param name="IsRude">The model of insults and threats holds it: its writer may think again first.</param>
/// <param name="Silences">It has a word after which all that its writer sends waits.</param>
internal sealed record Judgement(Standing Standing, string? Screening, bool AsksAgain, bool IsRude, bool Silences);

/// <summary>Gathers the facts about a comment, new or changed, and has the checks judge it.</summary>
internal sealed class JudgeComment(Screen screen, WriterFacts writers, CommentBursts bursts, AttackWatch attack, WorkGate work, PublicAddress address, CommentMeter meter)
{
    /// <summary>What is known before the checks: nothing of moderators, whom they do not judge.</summary>
    public async Task<ScreeningFacts> FactsAsync(PageRequest page, DiscussionDoor door, Judged judged, CancellationToken ct)
    {
        var rules = door.Rules(page.Site.Publication);
        if (judged.Writer.IsModerator) return new ScreeningFacts(0, rules);
        var facts = await writers.ReadAsync(judged.Draft, judged.Origin, judged.Print, rules, judged.Writer.Trust, judged.Id, ct);
        if (judged.Id is not null) return facts;
        if (facts.IsNewcomer && judged.Writer.Role?.IsStaff() != true) attack.Count(await bursts.CountNewcomerAsync());
        return await bursts.CountAsync(facts, page.Http.Connection.RemoteIpAddress, judged.Draft, judged.Origin.PersonId) with { IsUnderAttack = attack.IsOn(rules) };
    }

    /// <summary>Its writer is asked to think again: what they send then is the same comment.</summary>
    public ValueTask TakeBackAsync(PageRequest page, ScreeningFacts facts, Judged judged) => bursts.TakeBackAsync(facts, page.Http.Connection.RemoteIpAddress, judged.Draft, judged.Origin.PersonId);

    /// <returns>The ban for which a new comment is not taken; null for none. Staff are not banned.</returns>
    public BanMatch? Refuses(ScreeningFacts facts, Judged judged) =>
        judged.Writer.Role?.IsStaff() == true || screen.Checks.OfType<BanCheck>().All(c => facts.Rules.ModeOf(c) != CheckMode.Act) ? null : facts.Bans.FirstOrDefault(b => b.Action == BanAction.Refuse);

    public async Task<Judgement> JudgeAsync(PageRequest page, ArticleRow article, Judged judged, Typing typing, ScreeningFacts facts, CancellationToken ct)
    {
        var submission = new CommentSubmission(judged.Draft, judged.Origin, judged.Text, LinkedHosts.Count(judged.Html), typing.Honeypot.Length > 0, typing.Time, judged.Writer.IsModerator, typing.HasToken)
        {
            Role = judged.Writer.Role,
            LinkHosts = LinkedHosts.Of(judged.Html, judged.Draft.AuthorUrl),
            Honeypot = typing.Honeypot,
            Referrer = page.Http.Request.Headers.Referer.ToString(),
            Place = judged.Writer.IsModerator || !screen.Checks.Any(c => c.LeavesServer && facts.Rules.ModeOf(c) != CheckMode.Off) ? null : await PlaceAsync(page, article, judged.Draft.ParentId, ct),
        };
        if (judged.Id is null && attack.AsksForWork(facts.Rules)) facts = facts with { Work = await work.TakeAsync(typing.Token, typing.Work, judged.Draft.ArticleId) };
        var verdict = await screen.JudgeAsync(submission, facts, ct);
        meter.Judged(verdict.Standing);
        return new Judgement(verdict.Standing, ScreeningNote.Write(verdict.Results), verdict.Results.Any(r => r.AskAgain), verdict.Standing == Standing.Held && verdict.Results.Any(r => r.Check == ToxicityCheck.CheckName && r.Mode == CheckMode.Act),
            verdict.Results.Any(r => r.Check == SilencingWordsCheck.CheckName && r.Mode == CheckMode.Act));
    }

    private async Task<SubmissionPlace> PlaceAsync(PageRequest page, ArticleRow article, long? parentId, CancellationToken ct)
    {
        var site = address.Of(page.Http.Request);
        return await SubmissionPlaces.OfAsync(page.Db, page.Site, site, article, parentId, ct);
    }
}
