using System.Diagnostics;
using Broadsheet.Core.Screening.Models;

namespace Broadsheet.Web.Features.Moderation.Models;

/// <summary>
/// Measures the spam model on labelled comments. When it learns, each comment is scored before its label is learned, through all files in their order,
/// as one publication would meet them (TREC's on-line protocol).
/// </summary>
internal sealed class SpamEvaluation(TextModel model, bool learns)
{
    /// <summary>With so many labels learned, a model should know its publication.</summary>
    public const int FirstLabels = 100;

    // A program's first seconds cost what its code costs to be made; a publication runs for weeks.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.6);

    private readonly List<Scored> _all = [];
    private readonly List<SourceFigures> _sources = [];
    private readonly LearnedWeights? _learned = learns ? new LearnedWeights() : null;
    private long _ticks;

    public void Add(string name, IReadOnlyList<LabelledComment> comments)
    {
        if (_all.Count == 0) GetWarm(comments);
        var from = _all.Count;
        foreach (var comment in comments)
        {
            var started = Stopwatch.GetTimestamp();
            var score = Score(comment, out var features);
            _ticks += Stopwatch.GetTimestamp() - started;
            _all.Add(new Scored(score, comment.IsSpam));
            if (_learned is { } learned) learned.Apply(ModelLearner.Learn(model, learned, features, comment.IsSpam));
        }
        _sources.Add(Figures(name, _all.Skip(from)));
    }

    public SpamReport Report() => new(
        _sources,
        Figures("pooled", _all),
        learns ? Figures("after_100", _all.Skip(FirstLabels)) : null,
        _all.Count == 0 ? 0 : Math.Round(_ticks * 1e6 / Stopwatch.Frequency / _all.Count, 1));

    private void GetWarm(IReadOnlyList<LabelledComment> comments)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; comments.Count > 0 && Stopwatch.GetElapsedTime(started) < WarmUp; i++) Score(comments[i % comments.Count], out _);
    }

    private double Score(LabelledComment comment, out ScreeningFeatures features)
    {
        features = ScreeningFeatures.Of(comment.Text, comment.Author, comment.AuthorUrl, []);
        return model.Score(features, _learned);
    }

    private SourceFigures Figures(string name, IEnumerable<Scored> scored)
    {
        var all = scored.ToArray();
        var figures = RankingFigures.Of(all.Select(s => (s.Score, s.IsSpam)));
        int Count(bool isSpam, bool isCalled) => all.Count(s => s.IsSpam == isSpam && s.Score >= model.Threshold == isCalled);
        return new SourceFigures(
            name, figures.Count, figures.Positives, new Confusion(Count(true, true), Count(false, true), Count(false, false), Count(true, false)),
            Round(figures.Auc), Round(figures.RecallAt1), Round(figures.RecallAt01), Round(figures.OneMinusRocaPercent));
    }

    private static double? Round(double? figure) => figure is { } known ? Math.Round(known, 6) : null;

    private readonly record struct Scored(double Score, bool IsSpam);
}
