using System.Buffers.Binary;
using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening.Models;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Stores what moderators' decisions teach the models.</summary>
internal static class LearningLedger
{
    /// <summary>Told whenever something was learned: by this tag, no page is kept.</summary>
    public const string Tag = "learned";

    /// <summary>What the outbox calls the job that learns; its payload is the ids of decisions, parted by commas.</summary>
    public const string Job = "learn";

    /// <summary>Steps of one decision each that are kept; older ones are made into one, and can be untaught no more.</summary>
    public const int Kept = 20_000;

    /// <summary>In one job.</summary>
    private const int MostDecisions = 100;

    /// <summary>What moderators decided is learned by a job in the same transaction.</summary>
    public static void Teach(WriteScope scope, IEnumerable<Decision> decisions)
    {
        foreach (var some in decisions.Where(d => d.PersonId is not null && (d.Undoes is not null || (d.From != d.To && d.To != Standing.Held))).Chunk(MostDecisions))
            scope.Enqueue(Job, string.Join(',', some.Select(d => d.Id.ToString(CultureInfo.InvariantCulture))));
    }

    public static void Add(WriteScope scope, IEnumerable<LearnedStep> steps)
    {
        scope.Db.LearnedSteps.AddRange(steps);
        scope.EvictSoon(Tag);
    }

    /// <summary>Makes the oldest steps of each model into one. Their sum stays as it was, so that no process has to read anew.</summary>
    /// <param name="kept">See <see cref="Kept"/>; of these at least half stay.</param>
    public static async Task FoldAsync(WriteScope scope, int kept, CancellationToken ct)
    {
        foreach (var model in Enum.GetValues<ModelKind>())
        {
            var single = scope.Db.LearnedSteps.Where(s => s.Model == model && s.DecisionId != null);
            if (await single.CountAsync(ct) <= kept) continue;
            var last = await single.OrderBy(s => s.Id).Skip(kept / 2).Select(s => s.Id).FirstAsync(ct);
            var old = await scope.Db.LearnedSteps.Where(s => s.Model == model && (s.DecisionId == null || s.Id < last)).ToListAsync(ct);
            var sum = new LearnedWeights();
            foreach (var step in old) sum.Apply(Read(step));
            var ids = old.ConvertAll(s => s.Id);
            if (await scope.Db.LearnedSteps.Where(s => ids.Contains(s.Id)).ExecuteDeleteAsync(ct) != ids.Count) throw new InvalidOperationException("What was learned is being made smaller by another process.");
            scope.Db.LearnedSteps.Add(new LearnedStep { Model = model, Changes = Write([.. sum.All.Select(w => KeyValuePair.Create(w.Key, (int)Math.Clamp(w.Value, int.MinValue, int.MaxValue)))]) });
        }
    }

    public static byte[] Write(IReadOnlyList<KeyValuePair<int, int>> changes)
    {
        var bytes = new byte[changes.Count * 8];
        for (var i = 0; i < changes.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * 8), changes[i].Key);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan((i * 8) + 4), changes[i].Value);
        }
        return bytes;
    }

    /// <summary>Slots that a later program has fewer of are left out.</summary>
    public static LearningStep Read(LearnedStep step)
    {
        var changes = new List<KeyValuePair<int, int>>(step.Changes.Length / 8);
        for (var i = 0; i + 8 <= step.Changes.Length; i += 8)
            if (BinaryPrimitives.ReadInt32LittleEndian(step.Changes.AsSpan(i)) is var slot && slot >= 0 && slot < LearnedWeights.Slots) changes.Add(KeyValuePair.Create(slot, BinaryPrimitives.ReadInt32LittleEndian(step.Changes.AsSpan(i + 4))));
        return new LearningStep(changes);
    }
}
