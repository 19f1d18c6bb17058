using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Features.Moderation;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>The checks as the publication runs them: what each finds, and which opinion decides where several have one.</summary>
public sealed class CheckOrderTests
{
    private static readonly ScreeningRules Rules = new(HoldAll: false, HoldFirst: true, HoldLinks: 2, HoldWords: ["bargain", "203.0.113.9"], RefuseWords: ["casino"]) { NewcomerLinks = 1 };

    /// <summary>What differs from a known reader's plain comment; the standing; the checks that spoke, in order.</summary>
    public static TheoryData<string, Standing, string> Rows => new()
    {
        { "", Standing.Shown, "" },
        { "stranger", Standing.Held, "first-comment" },
        { "links", Standing.Held, "links" },
        { "one link", Standing.Shown, "" },
        { "one link, stranger", Standing.Held, "newcomers first-comment" },
        { "word in text", Standing.Held, "words" },
        { "word in name", Standing.Held, "words" },
        { "word in address", Standing.Held, "words" },
        { "word in website", Standing.Held, "words" },
        { "word in agent", Standing.Held, "words" },
        { "network address", Standing.Held, "words" },
        { "refused word", Standing.Trashed, "words" },
        { "refused word, stranger", Standing.Trashed, "words first-comment" },
        { "hold all", Standing.Held, "hold-all" },
        { "hold all, links, word in text, stranger", Standing.Held, "hold-all links newcomers words first-comment" },
        { "trap", Standing.Spam, "honeypot" },
        { "trap, stranger", Standing.Spam, "honeypot first-comment" },
        { "trap, refused word", Standing.Trashed, "honeypot words" },
        { "no form", Standing.Held, "form" },
        { "too fast", Standing.Held, "too-fast" },
        { "moderator, hold all, links, refused word, trap", Standing.Shown, "" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_sternest_opinion_decides(string what, Standing standing, string checks)
    {
        var screen = new Screen(CheckOrder.All, (check, problem) => Assert.Fail($"{check.Name}: {problem}"));
        var rules = Rules with { HoldAll = Has("hold all") };
        var text = Has("word in text") ? "A BARGAIN for you" : Has("refused word") ? "Casino nights" : "Plain words";
        var fields = new CommentFields(1, null, text, Has("word in name") ? "Bargain Bob" : "Ann", Has("word in address") ? "bargain@example.org" : "ann@example.org", Has("word in website") ? "https://bargain.example/" : "");
        var origin = new CommentOrigin(null, Has("network address") ? "203.0.113.9" : "203.0.113.1", Has("word in agent") ? "BargainBot/1.0" : "Browser", DateTimeOffset.UnixEpoch, DateTime.UnixEpoch);
        var submission = new CommentSubmission(CommentDraft.Read(fields, true).Value, origin, text, Has("one link") ? 1 : Has("links") ? 2 : 0, Has("trap"), Has("too fast") ? TimeSpan.FromSeconds(1) : null, Has("moderator"), !Has("no form"));

        var verdict = await screen.JudgeAsync(submission, new ScreeningFacts(Has("stranger") ? 0 : 1, rules), TestContext.Current.CancellationToken);

        Assert.Equal(standing, verdict.Standing);
        Assert.Equal(checks, string.Join(' ', verdict.Results.Select(r => r.Check)));
        Assert.All(verdict.Results, r => Assert.NotEmpty(r.Reason));

        bool Has(string part) => what.Split(", ").Contains(part, StringComparer.Ordinal);
    }
}
