using Broadsheet.Core.Screening.Models;
using CsCheck;
using static Broadsheet.Core.Tests.Screening.Models.BaseModel;

namespace Broadsheet.Core.Tests.Screening.Models;

public sealed class LearnedWeightsTests
{
    private static readonly Gen<(ScreeningFeatures Features, bool IsSpam)> Decision =
        Gen.Select(OneOf("the ferry", "cheap shoes", "great post", "my oboe", "赌博", "click here").Array[1, 6], OneOf("", "Anna", "best loans"), Gen.Bool, (words, author, isSpam) => (Features(string.Join(' ', words), author), isSpam));

    [Fact]
    public void What_is_taken_back_leaves_no_trace_whatever_was_learned_since() =>
        Gen.Select(Decision.Array[0, 5], Decision, Decision.Array[0, 5]).Sample((before, mistake, after) =>
        {
            var (learned, without) = (new LearnedWeights(), new LearnedWeights());
            foreach (var (features, isSpam) in before) Both(ModelLearner.Learn(Spam, learned, features, isSpam));
            var step = ModelLearner.Learn(Spam, learned, mistake.Features, mistake.IsSpam);
            learned.Apply(step);
            foreach (var (features, isSpam) in after) Both(ModelLearner.Learn(Spam, learned, features, isSpam));

            learned.Undo(step);

            Assert.Equal(without.All, learned.All);

            void Both(LearningStep one)
            {
                learned.Apply(one);
                without.Apply(one);
            }
        }, iter: 300);

    [Fact]
    public void A_decision_moves_the_score_of_the_same_and_of_like_comments()
    {
        var learned = new LearnedWeights();
        var (seen, like, other) = (Features("Our guild of lamplighters meets on the old quay", "Lamp Guild"), Features("The guild of lamplighters meets again"), Features("The council voted on the budget of the ferry"));
        var (was, wasLike, wasOther) = (Spam.Score(seen, null), Spam.Score(like, null), Spam.Score(other, null));

        for (var i = 0; i < 3; i++) learned.Apply(ModelLearner.Learn(Spam, learned, seen, isSpam: true));

        Assert.True(Spam.Score(seen, learned) > Math.Max(0.5, was));
        Assert.True(Spam.Score(like, learned) - wasLike > 2 * (Spam.Score(other, learned) - wasOther));
    }

    [Fact]
    public void Metadata_is_learned_and_means_nothing_to_the_base_model()
    {
        var learned = new LearnedWeights();
        var (with, without) = (Features("Nice", "Anna", "", "network:198.51.100.0/24"), Features("Nice", "Anna"));
        Assert.Equal(Spam.Score(without, null), Spam.Score(with, null));

        learned.Apply(ModelLearner.Learn(Spam, learned, with, isSpam: true));

        Assert.True(Spam.Score(with, learned) > Spam.Score(without, learned));
    }

    [Fact]
    public void Steps_of_two_processes_add_up_in_any_order()
    {
        var (one, other) = (new LearnedWeights(), new LearnedWeights());
        var first = ModelLearner.Learn(Spam, one, Features("cheap shoes", "best loans"), isSpam: false);
        var second = ModelLearner.Learn(Spam, one, Features("my oboe"), isSpam: true);
        one.Apply(first);
        one.Apply(second);
        foreach (var (slot, weight) in second.Changes.Concat(first.Changes)) other.Add(slot, weight);

        Assert.NotEmpty(one.All);
        Assert.Equal(one.All, other.All);
    }

    [Fact]
    public void A_slot_that_is_not_there_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearnedWeights().Add(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearnedWeights().Add(int.MaxValue, 1));
    }

    private static Gen<string> OneOf(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);
}
