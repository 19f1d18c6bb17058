using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Moderation.Rules;

/// <summary>The test box: what every check would say of a comment, now, by the rules as they are stored. Nothing is kept, and nobody outside is asked.</summary>
internal sealed class TryComment(WriterFacts writers, PublicationStore publications, Screen screen, TimeProvider clock)
{
    public async Task<ScreeningPage.Trial> RunAsync(IFormCollection form, CancellationToken ct)
    {
        var (name, email, url, words) = (form["try_name"].ToString(), form["try_email"].ToString(), form["try_url"].ToString(), form["try_words"].ToString());
        var trial = new ScreeningPage.Trial { Name = name, Email = email, Url = url, Words = words };
        var publication = await publications.GetAsync(ct);
        var read = CommentDraft.Read(new CommentFields(0, null, words, name, email, url), nameAndEmailRequired: false);
        if (read.Problem is { } problem) return trial with { Problem = problem.Message };
        var (now, html) = (clock.GetUtcNow(), CommentText.Render(read.Value.Body, publication.Language));
        var text = PlainText.Of(html.Value);
        var origin = new CommentOrigin(null, form["try_ip"].ToString().Trim(), "", now, publication.Local(now));
        // Each check is asked, whatever its mode: whoever tries wants to know.
        var modes = screen.Checks.ToDictionary(c => c.Name, c => publication.Rules.ModeOf(c) == CheckMode.Off ? CheckMode.Advise : publication.Rules.ModeOf(c), StringComparer.Ordinal);
        var facts = await writers.ReadAsync(read.Value, origin, TextPrint.Of(text), publication.Rules with { Modes = modes }, CommenterTrust.Usual, null, ct);
        var submission = new CommentSubmission(read.Value, origin, text, LinkedHosts.Count(html), false, null, false, true) { LinkHosts = LinkedHosts.Of(html, read.Value.AuthorUrl) };
        var verdict = await screen.JudgeAsync(submission, facts, ct, c => !c.LeavesServer);
        var refused = facts.Bans.FirstOrDefault(b => b.Action == BanAction.Refuse);
        return trial with
        {
            Ip = origin.Ip,
            Masked = MaskedWords.In(html, publication) is var masked && masked != html ? PlainText.Of(masked.Value) : null,
            Verdict = refused is not null && publication.Rules.ModeOf(new BanCheck()) == CheckMode.Act ? "It would be refused: its writer is banned." : verdict.Standing switch
            {
                Standing.Shown => "It would be shown at once.",
                Standing.Held => "It would wait for a moderator.",
                Standing.Spam => "It would lie in the spam.",
                _ => "It would lie in the trash.",
            },
            Results = [.. verdict.Results.Select(r => Said(r, screen.Checks.First(c => c.Name == r.Check), publication.Rules))],
        };
    }

    private static ScreeningPage.Said Said(CheckResult result, ICommentCheck check, ScreeningRules rules) =>
        new(check.Title, result.Leaning.ToString().ToLowerInvariant(), result.Reason, Effect(rules.ModeOf(check), result.Leaning), (result.Microseconds / 1_000.0).ToString("0.0##", CultureInfo.InvariantCulture));

    private static string Effect(CheckMode mode, Leaning leaning) => (mode, leaning) switch
    {
        (_, Leaning.None) => "changes nothing",
        (CheckMode.Act, Leaning.Hold) => "makes it wait",
        (CheckMode.Act, Leaning.Spam) => "puts it in the spam",
        (CheckMode.Act, _) => "puts it in the trash",
        (var other, _) => $"{(other == CheckMode.Off ? "is off" : "only advises")}; would {leaning switch { Leaning.Hold => "make it wait", Leaning.Spam => "put it in the spam", _ => "put it in the trash" }}",
    };
}
