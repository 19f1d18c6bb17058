using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;

namespace Broadsheet.Core.Tests.Screening;

/// <summary>What each check makes of the facts.</summary>
public sealed class CheckTests
{
    private static readonly ScreeningRules Rules = new(false, true, 2, [], []);
    private static readonly CommentSubmission Submission = new(
        CommentDraft.Read(new CommentFields(1, null, "Plain words", "Ann", "ann@post.trash-mail.example", null), true).Value,
        new CommentOrigin(null, "192.0.2.1", "", DateTimeOffset.UnixEpoch, DateTime.UnixEpoch), "Plain words", 2, false, null, false, true)
    {
        LinkHosts = ["shop.example", "bit.ly"],
    };

    [Theory]
    [InlineData(1, 0, Leaning.Hold)]
    [InlineData(1, 1, Leaning.None)]
    [InlineData(3, 2, Leaning.Hold)]
    [InlineData(3, 3, Leaning.None)]
    public async Task A_stranger_is_one_of_whom_too_few_were_shown(int needed, int shown, Leaning leaning) =>
        Assert.Equal(leaning, (await AskAsync(new FirstCommentCheck(), new ScreeningFacts(shown, Rules with { FirstComments = needed }))).Leaning);

    [Theory]
    [InlineData(CommenterTrust.Trusted, 0, 0, true)]
    [InlineData(CommenterTrust.Usual, 5, 0, true)]
    [InlineData(CommenterTrust.Usual, 4, 0, false)]
    [InlineData(CommenterTrust.Usual, 50, 1, false)]
    [InlineData(CommenterTrust.AlwaysHeld, 50, 0, false)]
    public async Task Whoever_is_trusted_may_link_and_is_no_stranger(CommenterTrust trust, int shown, int rejected, bool isTrusted)
    {
        var facts = new ScreeningFacts(0, Rules with { TrustAfter = 5 }) { Trust = trust, History = new WriterHistory(shown, rejected, 0, 0) };

        Assert.Equal(isTrusted, facts.IsTrusted);
        Assert.Equal(isTrusted ? Leaning.None : Leaning.Hold, (await AskAsync(new LinksCheck(), facts)).Leaning);
        Assert.Equal(isTrusted ? Leaning.None : Leaning.Hold, (await AskAsync(new FirstCommentCheck(), facts)).Leaning);
    }

    [Theory]
    [InlineData(2, 2, 50, "2 of this writer's 4 comments")]
    [InlineData(1, 2, 34, null)]
    [InlineData(1, 2, 33, "33 %")]
    [InlineData(2, 0, 50, null)]
    [InlineData(9, 1, 0, null)]
    public async Task A_share_of_rejections_is_told_with_how_it_was_computed(int rejected, int shown, int limit, string? says)
    {
        var facts = new ScreeningFacts(0, Rules with { RejectedPercent = limit }) { History = new WriterHistory(0, 0, shown, rejected) };

        var opinion = await AskAsync(new RecentRejectionsCheck(), facts);

        Assert.Equal(says is null ? Leaning.None : Leaning.Hold, opinion.Leaning);
        Assert.Contains(says ?? "", opinion.Reason, StringComparison.Ordinal);
        Assert.Equal(Opinion.None, await new RecentRejectionsCheck().JudgeAsync(Submission with { Role = Role.Author }, facts, CancellationToken.None));
    }

    [Theory]
    [InlineData(1, 0, 0, Leaning.Hold, "once in the last 30 days (by others)")]
    [InlineData(3, 1, 0, Leaning.Hold, "3 times in the last 30 days (2 by others)")]
    [InlineData(2, 2, 1, Leaning.Spam, "(always by this writer; 1 rejected)")]
    [InlineData(25, 0, 0, Leaning.Hold, "25 times or more")]
    public async Task Repeats_are_counted_and_named(int count, int own, int rejected, Leaning leaning, string says)
    {
        var copies = Enumerable.Range(1, count).Select(i => new EarlierCopy(i, i <= own, i <= rejected)).ToList();

        var opinion = await AskAsync(new RepeatsCheck(), new ScreeningFacts(0, Rules) { Copies = copies });

        Assert.Equal(leaning, opinion.Leaning);
        Assert.Contains(says, opinion.Reason, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, Math.Min(5, count)).Select(i => (long)i), opinion.Comments);
    }

    [Theory]
    [InlineData("Great post, visit us!", 0, false, Leaning.None, "")]
    [InlineData("Great post, visit us!", 0, true, Leaning.Hold, "The same few words came once in the last 30 days (always by this writer).")]
    [InlineData("Great post, visit us!", 1, false, Leaning.Hold, "The same few words came 2 times in the last 30 days (by others).")]
    [InlineData("This is longer than the few words that so many people write.", 0, false, Leaning.Hold, "The same words, or nearly, came 2 times")]
    public async Task A_few_words_again_count_where_they_are_the_writers_own_or_carry_a_link(string text, int links, bool own, Leaning leaning, string says)
    {
        List<EarlierCopy> copies = own ? [new(1, true, false)] : [new(1, false, false), new(2, false, false)];

        var opinion = await new RepeatsCheck().JudgeAsync(Submission with { Text = text, Links = links }, new ScreeningFacts(0, Rules) { Copies = copies }, CancellationToken.None);

        Assert.Equal(leaning, opinion.Leaning);
        Assert.StartsWith(says, opinion.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, 0, 0, Leaning.None)]
    [InlineData(21, 0, 0, Leaning.Hold)]
    [InlineData(0, 31, 0, Leaning.Hold)]
    [InlineData(0, 31, 5, Leaning.None)]
    public async Task Bursts_wait(int network, int thread, int shownBefore, Leaning leaning) =>
        Assert.Equal(leaning, (await AskAsync(new BurstCheck(), new ScreeningFacts(shownBefore, Rules with { NetworkBurst = 20, ThreadBurst = 30, TrustAfter = 5 }) { FromNetwork = network, IntoThread = thread, History = new WriterHistory(shownBefore, 0, 0, 0) })).Leaning);

    [Theory]
    [InlineData(2, 0, 1, 0, 0, Leaning.Hold, "2 links")]
    [InlineData(3, 0, 1, 0, 0, Leaning.None, null)]
    [InlineData(0, 3, 4, 0, 0, Leaning.Hold, "4 comments within an hour; more than 3 wait")]
    [InlineData(0, 3, 3, 0, 0, Leaning.None, null)]
    [InlineData(0, 0, 99, 0, 0, Leaning.None, null)]
    [InlineData(1, 3, 4, 1, 0, Leaning.None, null)]
    [InlineData(1, 3, 4, 0, 5, Leaning.None, null)]
    public async Task Newcomers_have_limits_of_their_own(int links, int hourly, int sent, int shown, int trustAfter, Leaning leaning, string? says)
    {
        var facts = new ScreeningFacts(shown, Rules with { NewcomerLinks = links, NewcomerHourly = hourly, TrustAfter = trustAfter }) { WithinHour = sent, History = new WriterHistory(trustAfter, 0, 0, 0) };

        var opinion = await AskAsync(new NewcomerCheck(), facts);

        Assert.Equal(leaning, opinion.Leaning);
        Assert.Contains(says ?? "", opinion.Reason, StringComparison.Ordinal);
        Assert.Equal(Opinion.None, await new NewcomerCheck().JudgeAsync(Submission with { Role = Role.Author }, facts, CancellationToken.None));
    }

    [Theory]
    [InlineData(null, CommenterTrust.Usual, 0, 0, 0, WriterLevel.Newcomer, "Newcomer: none shown, none rejected; known after 2.")]
    [InlineData(Role.Reader, CommenterTrust.Usual, 1, 3, 5, WriterLevel.Newcomer, "Newcomer: 1 shown, 3 rejected; known after 2; trusted after 5 and no rejection.")]
    [InlineData(null, CommenterTrust.Usual, 7, 1, 5, WriterLevel.Known, "Known: 7 shown, 1 rejected; trusted after 5 and no rejection.")]
    [InlineData(null, CommenterTrust.Usual, 5, 0, 5, WriterLevel.Trusted, "Trusted: 5 shown, none rejected; trusted after 5 and no rejection.")]
    [InlineData(null, CommenterTrust.Usual, 200, 0, 5, WriterLevel.Trusted, "Trusted: 200 shown, none rejected of the latest 200; trusted after 5 and no rejection.")]
    [InlineData(Role.Reader, CommenterTrust.Trusted, 0, 2, 0, WriterLevel.Trusted, "Trusted, by a moderator’s word: none shown, 2 rejected.")]
    [InlineData(Role.Reader, CommenterTrust.AlwaysHeld, 9, 0, 5, WriterLevel.Known, "Known: 9 shown, none rejected; trusted after 5 and no rejection. All that they write waits for a moderator.")]
    [InlineData(Role.Author, CommenterTrust.Usual, 0, 0, 0, WriterLevel.Staff, "Staff.")]
    public void A_level_is_told_with_how_it_came_about(Role? role, CommenterTrust trust, int shown, int rejected, int trustAfter, WriterLevel level, string why)
    {
        var facts = new ScreeningFacts(shown, Rules with { FirstComments = 2, TrustAfter = trustAfter }) { Trust = trust, History = new WriterHistory(shown, rejected, 0, 0) };

        Assert.Equal(new WriterStanding(level, why), WriterStanding.Of(role, facts));
    }

    [Fact]
    public async Task Lists_of_domains_reach_what_lies_below_them()
    {
        var facts = new ScreeningFacts(0, Rules with { EmailDomains = ["trash-mail.example"], LinkDomains = ["shop.example"] });

        Assert.Equal((Leaning.Hold, Leaning.Trash, Leaning.Hold), ((await AskAsync(new EmailDomainCheck(), facts)).Leaning, (await AskAsync(new LinkDomainsCheck(), facts)).Leaning, (await AskAsync(new LinkShortenersCheck(), facts)).Leaning));
        Assert.Equal(CheckMode.Advise, new LinkShortenersCheck().StartsIn);
        var other = new ScreeningFacts(0, Rules with { EmailDomains = ["mail.example"], LinkDomains = ["op.example"] });
        Assert.Equal((Leaning.None, Leaning.None), ((await AskAsync(new EmailDomainCheck(), other)).Leaning, (await AskAsync(new LinkDomainsCheck(), other)).Leaning));
    }

    private static async Task<Opinion> AskAsync(ICommentCheck check, ScreeningFacts facts) => await check.JudgeAsync(Submission, facts, TestContext.Current.CancellationToken);
}
