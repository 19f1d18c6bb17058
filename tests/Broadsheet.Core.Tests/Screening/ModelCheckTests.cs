using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Core.Screening.Models;
using Broadsheet.Core.Tests.Screening.Models;

namespace Broadsheet.Core.Tests.Screening;

public sealed class ModelCheckTests
{
    private const string Praise = "Wonderful blog! I will bookmark it and tell my friends about your website.";

    [Fact]
    public async Task The_scores_decide_and_the_reason_names_what_it_saw()
    {
        var opinion = await SpamAsync(50, 80, Praise, "cheap flights", "https://cheap-flights.example.info/deals");

        Assert.Equal(Leaning.Spam, opinion.Leaning);
        Assert.Contains("‘cheap flights’", opinion.Reason, StringComparison.Ordinal);
        Assert.Equal(Opinion.None, await SpamAsync(0, 0, Praise, "cheap flights", "https://cheap-flights.example.info/deals"));
    }

    [Fact]
    public void The_models_begin_by_advising() => Assert.Equal((CheckMode.Advise, CheckMode.Advise), (new SpamModelCheck(BaseModel.Spam, () => null).StartsIn, new ToxicityCheck(BaseModel.Toxicity, () => null).StartsIn));

    [Fact]
    public async Task Between_the_two_scores_a_comment_is_held()
    {
        var opinion = await SpamAsync(50, 0, Praise, "cheap flights", "https://cheap-flights.example.info/deals");

        Assert.Equal(Leaning.Hold, opinion.Leaning);
    }

    [Fact]
    public async Task What_moderators_taught_decides()
    {
        var learned = new LearnedWeights();
        var features = ScreeningFeatures.Of(Praise, "cheap flights", "https://cheap-flights.example.info/deals", []);
        for (var i = 0; i < 8; i++) learned.Apply(ModelLearner.Learn(BaseModel.Spam, learned, features, isSpam: false));

        var opinion = await SpamAsync(50, 80, Praise, "cheap flights", "https://cheap-flights.example.info/deals", learned);

        Assert.Equal(Opinion.None, opinion);
    }

    [Fact]
    public async Task The_toxicity_model_holds_and_never_more()
    {
        var check = new ToxicityCheck(BaseModel.Toxicity, () => null);

        Assert.Equal(Leaning.Hold, (await check.JudgeAsync(Submission("You stupid idiot, shut up, everyone hates you", "Mike", ""), FactsOf(50, 60), CancellationToken.None)).Leaning);
        Assert.Equal(Opinion.None, await check.JudgeAsync(Submission("The ferry is late again, it seems.", "Mike", ""), FactsOf(50, 60), CancellationToken.None));
    }

    private static ScreeningFacts FactsOf(int holdFrom, int spamFrom) => new(0, new ScreeningRules(false, false, 0, [], []) { HoldSpamFrom = holdFrom, SpamFrom = spamFrom, HoldToxicFrom = 50 });

    private static async Task<Opinion> SpamAsync(int holdFrom, int spamFrom, string text, string author, string url, LearnedWeights? learned = null) =>
        await new SpamModelCheck(BaseModel.Spam, () => learned).JudgeAsync(Submission(text, author, url), FactsOf(holdFrom, spamFrom), CancellationToken.None);

    private static CommentSubmission Submission(string text, string author, string url)
    {
        var draft = CommentDraft.Read(new CommentFields(1, null, text, author, "a@b.example", url), nameAndEmailRequired: false).Value;
        return new CommentSubmission(draft, new CommentOrigin(null, "192.0.2.1", "Agent/1", DateTimeOffset.UnixEpoch, default), text, 0, HoneypotFilled: false, null, IsModerator: false, HasToken: true);
    }
}
