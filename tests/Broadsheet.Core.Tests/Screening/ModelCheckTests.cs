using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Core.Screening.Models;
using Broadsheet.Core.Tests.Screening.Models;

namespace Broadsheet.Core.Tests.Screening;

public sealed class ModelCheckTests
{
    private const string Praise = "Wonderful blog! I will bookmark it and tell my friends about your website.";

    [Theory]
    [InlineData(ModelMode.Off, Leaning.None, false)]
    [InlineData(ModelMode.Advise, Leaning.None, true)]
    [InlineData(ModelMode.Act, Leaning.Spam, true)]
    public async Task The_mode_says_whether_an_opinion_is_given_and_whether_it_counts(ModelMode mode, Leaning leaning, bool hasReason)
    {
        var opinion = await SpamAsync(new ModelRule(mode, 0.5, 0.8), Praise, "cheap flights", "https://cheap-flights.example.info/deals");

        Assert.Equal((leaning, hasReason), (opinion.Leaning, opinion.Reason.Length > 0));
        if (hasReason) Assert.Contains("‘cheap flights’", opinion.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Between_the_two_scores_a_comment_is_held()
    {
        var opinion = await SpamAsync(new ModelRule(ModelMode.Act, 0.5, 2), Praise, "cheap flights", "https://cheap-flights.example.info/deals");

        Assert.Equal(Leaning.Hold, opinion.Leaning);
    }

    [Fact]
    public async Task What_moderators_taught_decides()
    {
        var learned = new LearnedWeights();
        var features = ScreeningFeatures.Of(Praise, "cheap flights", "https://cheap-flights.example.info/deals", []);
        for (var i = 0; i < 8; i++) learned.Apply(ModelLearner.Learn(BaseModel.Spam, learned, features, isSpam: false));

        var opinion = await SpamAsync(new ModelRule(ModelMode.Act, 0.5, 0.8), Praise, "cheap flights", "https://cheap-flights.example.info/deals", learned);

        Assert.Equal(Opinion.None, opinion);
    }

    [Fact]
    public async Task The_toxicity_model_holds_and_never_more()
    {
        var check = new ToxicityCheck(BaseModel.Toxicity, () => null, () => new ModelRule(ModelMode.Act, 0.5, 0.6));

        Assert.Equal(Leaning.Hold, (await check.JudgeAsync(Submission("You stupid idiot, shut up, everyone hates you", "Mike", ""), Facts, CancellationToken.None)).Leaning);
        Assert.Equal(Opinion.None, await check.JudgeAsync(Submission("The ferry is late again, it seems.", "Mike", ""), Facts, CancellationToken.None));
    }

    private static ScreeningFacts Facts => null!;

    private static async Task<Opinion> SpamAsync(ModelRule rule, string text, string author, string url, LearnedWeights? learned = null) =>
        await new SpamModelCheck(BaseModel.Spam, () => learned, () => rule).JudgeAsync(Submission(text, author, url), Facts, CancellationToken.None);

    private static CommentSubmission Submission(string text, string author, string url)
    {
        var draft = CommentDraft.Read(new CommentFields(1, null, text, author, "a@b.example", url), nameAndEmailRequired: false).Value;
        return new CommentSubmission(draft, null!, text, 0, HoneypotFilled: false, null, IsModerator: false, HasToken: true);
    }
}
