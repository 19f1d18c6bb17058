namespace Broadsheet.Benchmarks.Training;

/// <summary>All examples with their features, and which of them scores are measured on.</summary>
internal sealed record ExampleSet(IReadOnlyList<ModelTrainer.Example> All, IReadOnlyList<ModelTrainer.Example> Measured)
{
    private const int Seed = 7;

    /// <summary>Spam: the open sets, our own examples, and a block list. Names and links are left out of some copies at random, of spam as of wanted comments, so that a missing field says nothing.</summary>
    public static ExampleSet OfSpam(string folder, string templates)
    {
        var book = new TemplateBook(templates, Seed);
        var (all, measured) = (new List<ModelTrainer.Example>(), new List<ModelTrainer.Example>());
        foreach (var comment in SpamSources.Read(folder).Concat(MadeExamples.Of(book, spam: 8_000, ham: 5_000)).Concat(SpamSources.BlockLists(folder, book, 1_500)))
        {
            var isReal = comment.Weight >= SpamSources.RealWeight;
            var whole = ModelTrainer.Prepare(comment with { Weight = comment.Weight * 0.6f });
            all.Add(whole);
            if (comment.IsMeasured) measured.Add(whole);
            var kept = book.Next(10);
            if (!isReal && comment.Source != MadeExamples.Source) continue;
            all.Add(ModelTrainer.Prepare(comment with { Weight = comment.Weight * 0.4f, Author = kept is < 2 or (>= 5 and < 7) ? "" : comment.Author, AuthorUrl = kept is >= 2 and < 7 ? "" : comment.AuthorUrl }));
        }
        return new ExampleSet(all, measured);
    }

    /// <summary>Toxicity: the open sets, and sentences that name groups and are harmless. Where a set has one class only by its subject, the wanted comments of blogs make up for it.</summary>
    public static ExampleSet OfToxicity(string folder)
    {
        var open = ToxicitySources.Read(folder).Select(ModelTrainer.Prepare).ToArray();
        var blogs = SpamSources.Read(folder).Where(c => !c.IsSpam && c.Weight >= 0.5f).Select(c => ModelTrainer.Prepare(c with { Author = "", AuthorUrl = "", Weight = 0.5f }));
        return new ExampleSet([.. open, .. blogs, .. NeutralSentences.ForTraining(weight: 2).Select(ModelTrainer.Prepare)], open);
    }
}
