using BenchmarkDotNet.Attributes;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Core.Screening.Models;
using Broadsheet.Core.Screening.Words;
using Broadsheet.Web.Features.Moderation;
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
    private Screen _screen = null!;
    private CommentSubmission _submission = null!;
    private ScreeningFacts _facts = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _model = BaseModels.Load(Site.ProgramFolder, static _ => { }).Spam;
        _ten = WordMatcher.Of(Enumerable.Range(0, 10).Select(Entry), WordBorders.Anywhere);
        _many = WordMatcher.Of(Enumerable.Range(0, 50_000).Select(Entry), WordBorders.Anywhere);
        _features = ScreeningFeatures.Of(Comment, "Anna Berg", "https://annaberg.example/", []);
        _learned.Apply(ModelLearner.Learn(_model, _learned, _features, isSpam: true));
        var toxicity = BaseModels.Load(Site.ProgramFolder, static _ => { }).Toxicity;
        _screen = new Screen([.. CheckOrder.All, new SpamModelCheck(_model, () => _learned), new ToxicityCheck(toxicity, () => null)], static (_, failure) => throw failure);
        var draft = CommentDraft.Read(new CommentFields(1, null, Comment, "Anna Berg", "anna@berg.example", "https://annaberg.example/"), nameAndEmailRequired: true).Value;
        _submission = new CommentSubmission(draft, new CommentOrigin(null, "192.0.2.7", "Mozilla/5.0 (X11; Linux x86_64)", DateTimeOffset.UnixEpoch, default), Comment, 1, false, TimeSpan.FromSeconds(30), false, true) { LinkHosts = ["annaberg.example"] };
        _facts = new ScreeningFacts(1, new ScreeningRules(false, true, 2, [.. Enumerable.Range(0, 5_000).Select(Entry)], [.. Enumerable.Range(5_000, 5_000).Select(Entry)])) { History = new WriterHistory(3, 0, 3, 0) };
    }

    private static string Entry(int i) => $"{(char)('a' + (i % 26))}{(char)('a' + (i / 26 % 26))}{(char)('a' + (i / 676 % 26))}word{i}";

    [Benchmark]
    public double SpamModel() => _model.Score(ScreeningFeatures.Of(Comment, "Anna Berg", "https://annaberg.example/", []), _learned);

    /// <summary>Every check of this server in its order, both models and two lists of 5,000 words among them; without the database.</summary>
    [Benchmark]
    public Standing AllChecks() => _screen.JudgeAsync(_submission, _facts, CancellationToken.None).GetAwaiter().GetResult().Standing;

    [Benchmark]
    public int Learn() => ModelLearner.Learn(_model, _learned, _features, isSpam: false).Changes.Count;

    [Benchmark]
    public int Reasons() => ModelReasons.Of(_model, _learned, _features).Count;

    [Benchmark(Baseline = true)]
    public int TenWords() => _ten.Find(Comment).Count;

    [Benchmark]
    public int FiftyThousandWords() => _many.Find(Comment).Count;
}
