using Broadsheet.Core.Screening.Models;
using static Broadsheet.Core.Tests.Screening.Models.BaseModel;

namespace Broadsheet.Core.Tests.Screening.Models;

public sealed class ModelReasonsTests
{
    [Fact]
    public void Reasons_are_in_words_the_strongest_first()
    {
        var reasons = ModelReasons.Of(Spam, null, Features("Wonderful blog! I will bookmark it.", "cheap flights", "http://cheapflights.example.info/deals"));

        Assert.InRange(reasons.Count, 5, ModelReasons.Most);
        Assert.Equal(reasons.OrderByDescending(r => Math.Abs(r.Weight)), reasons);
        Assert.Contains(reasons, r => r.Words == "the name is about something for sale: ‘cheap flights’" && r.Weight > 0);
        Assert.All(reasons, r => Assert.NotEmpty(r.Words));
    }

    [Fact]
    public void What_was_learned_is_a_reason_in_its_own_words()
    {
        var learned = new LearnedWeights();
        var features = Features("lamplighters meet on the quay");
        for (var i = 0; i < 4; i++) learned.Apply(ModelLearner.Learn(Spam, learned, features, isSpam: true));

        Assert.Contains("lamplighters", ModelReasons.Of(Spam, learned, features).First(r => r.Weight > 0).Words, StringComparison.Ordinal);
    }
}
