using BenchmarkDotNet.Attributes;
using Broadsheet.Core.Screening.Models;
using Broadsheet.Core.Screening.Words;
using Broadsheet.Web.Features.Moderation.Models;
using Broadsheet.Web.Hosting;

namespace Broadsheet.Benchmarks;

/// <summary>What the local looks at a comment of 400 characters cost.</summary>
[MemoryDiagnoser]
public class ScreeningBenchmarks
{
    private const string Sentence = "I walked down to the harbour this morning, and the new wall is higher than the council said it would be. ";
    private static readonly string Comment = string.Concat(Enumerable.Repeat(Sentence, 4))[..400];

    private readonly LearnedWeights _learned = new();
    private WordMatcher _ten = null!;
    private WordMatcher _many = null!;
    private TextModel _model = null!;
    private ScreeningFeatures _features = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _model = BaseModels.Load(Site.ProgramFolder, static _ => { }).Spam;
        _ten = WordMatcher.Of(Enumerable.Range(0, 10).Select(Entry), WordBorders.Anywhere);
        _many = WordMatcher.Of(Enumerable.Range(0, 50_000).Select(Entry), WordBorders.Anywhere);
        _features = ScreeningFeatures.Of(Comment, "Anna Berg", "https://annaberg.example/", []);
        _learned.Apply(ModelLearner.Learn(_model, _learned, _features, isSpam: true));
    }

    private static string Entry(int i) => $"{(char)('a' + (i % 26))}{(char)('a' + (i / 26 % 26))}{(char)('a' + (i / 676 % 26))}word{i}";

    [Benchmark]
    public double SpamModel() => _model.Score(ScreeningFeatures.Of(Comment, "Anna Berg", "https://annaberg.example/", []), _learned);

    [Benchmark]
    public int Learn() => ModelLearner.Learn(_model, _learned, _features, isSpam: false).Changes.Count;

    [Benchmark]
    public int Reasons() => ModelReasons.Of(_model, _learned, _features).Count;

    [Benchmark(Baseline = true)]
    public int TenWords() => _ten.Find(Comment).Count;

    [Benchmark]
    public int FiftyThousandWords() => _many.Find(Comment).Count;
}
