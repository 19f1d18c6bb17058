using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Core.Screening.Models;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation.Models;

/// <summary>Moderators' decisions teach the models, and one that is taken back unteaches exactly what it taught.</summary>
internal sealed class LearnFromDecisions(IDatabaseEngine engine, Writes writes, LearnedModels models) : IJob
{
    /// <summary>Whoever puts a comment aside with this reason says that it is toxic.</summary>
    private static readonly string Attack = DecisionReasons.Read("attack", null);

    public string Name => LearningLedger.Job;

    public async Task RunAsync(string payload, CancellationToken ct)
    {
        var ids = payload.Split(',').Select(i => long.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(i => i > 0).ToList();
        await models.LearnAsync(() => StepsAsync(ids, ct), steps => writes.RunAsync(async (scope, token) =>
        {
            LearningLedger.Add(scope, steps);
            await scope.FlushAsync(token);
        }, ct), ct);
    }

    /// <summary>Each is applied before the next is worked out, so that a hundred alike teach no more than it takes.</summary>
    private async Task<IReadOnlyList<LearnedStep>> StepsAsync(List<long> ids, CancellationToken ct)
    {
        await using var db = engine.Open();
        // A job may run twice, or late: what was learned, or was taken back before it was learned, is not learned (any more).
        var decisions = await db.Decisions.Where(d => ids.Contains(d.Id) && !db.Decisions.Any(u => u.Undoes == d.Id) && !db.LearnedSteps.Any(s => s.DecisionId == d.Id)).OrderBy(d => d.Id).ToListAsync(ct);
        var (commentIds, undone) = (decisions.ConvertAll(d => d.CommentId), decisions.Select(d => d.Undoes).OfType<long>().ToList());
        var comments = await db.Comments.Where(c => commentIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        var taught = undone.Count == 0 ? [] : await db.LearnedSteps.Where(s => s.DecisionId != null && undone.Contains(s.DecisionId.Value)).ToListAsync(ct);
        var steps = new List<LearnedStep>();
        foreach (var decision in decisions)
        {
            if (decision.Undoes is { } before) Untaught(before, decision.Id);
            else if (comments.GetValueOrDefault(decision.CommentId) is { Body.Length: > 0 } comment) Taught(decision, comment);
        }
        return steps;

        void Untaught(long before, long id)
        {
            foreach (var step in steps.Concat(taught).Where(s => s.DecisionId == before).ToList())
                Apply(step.Model, id, new LearningStep([.. LearningLedger.Read(step).Changes.Select(c => KeyValuePair.Create(c.Key, -c.Value))]));
        }

        void Taught(Decision decision, Comment comment)
        {
            if (IsSpam(decision) is { } isSpam) Learn(ModelKind.Spam, decision.Id, LiveFeatures.OfSpam(comment.Body, comment.AuthorName, comment.AuthorUrl, comment.AuthorEmail, comment.AuthorIp, comment.UserAgent), isSpam);
            if (IsToxic(decision) is { } isToxic) Learn(ModelKind.Toxicity, decision.Id, LiveFeatures.OfToxicity(comment.Body), isToxic);
        }

        void Learn(ModelKind kind, long id, ScreeningFeatures features, bool label) => Apply(kind, id, ModelLearner.Learn(models.ModelOf(kind), models.WeightsOf(kind), features, label));

        void Apply(ModelKind kind, long id, LearningStep step)
        {
            if (step.Changes.Count == 0) return;
            models.WeightsOf(kind).Apply(step);
            steps.Add(new LearnedStep { Model = kind, DecisionId = id, Changes = LearningLedger.Write(step.Changes) });
        }
    }

    /// <returns>Null where the decision says nothing of it: the trash holds what is rude or beside the subject, too.</returns>
    private static bool? IsSpam(Decision d) => d.To switch { Standing.Spam => true, Standing.Shown => false, _ => null };

    /// <returns>Null where the decision says nothing of it: most of what is shown was never in doubt.</returns>
    private static bool? IsToxic(Decision d) => d.To == Standing.Trashed && d.Reason.StartsWith(Attack, StringComparison.Ordinal) ? true
        : d.To == Standing.Shown && d.Opinions?.Contains("toxicity-model:", StringComparison.Ordinal) == true ? false : null;
}
