using System.Collections.Concurrent;
using System.Threading.Channels;
using Broadsheet.Core.Screening.Models;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation.Models;

/// <summary>The models as this publication has taught them: what is stored is read at the start, and what other processes add within a second or two.</summary>
internal sealed partial class LearnedModels(IDatabaseEngine engine, Lazy<BaseModels> models, ILogger<LearnedModels> log) : BackgroundService, ICommitObserver
{
    /// <summary>Steps that began earlier may be committed later: so far back it is looked for those that were not seen.</summary>
    private const int Overlap = 1_000;

    private const int Batch = 500;

    private readonly ConcurrentDictionary<ModelKind, LearnedWeights> _weights = new(Enum.GetValues<ModelKind>().Select(k => KeyValuePair.Create(k, new LearnedWeights())));
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _gate = new(1);
    private readonly SortedSet<long> _seen = [];
    private long _last;
    private bool _isRead;

    public TextModel ModelOf(ModelKind kind) => kind == ModelKind.Spam ? models.Value.Spam : models.Value.Toxicity;

    public LearnedWeights WeightsOf(ModelKind kind) => _weights[kind];

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        if (evictions.Any(e => e.Tag == LearningLedger.Tag)) _news.Writer.TryWrite(true);
    }

    public void Missed() => _news.Writer.TryWrite(true);

    /// <summary>Alone with the weights.</summary>
    /// <param name="work">Works out steps, and applies them.</param>
    /// <param name="store">Stores them; where that fails, they are taken from the weights again.</param>
    public async Task LearnAsync(Func<Task<IReadOnlyList<LearnedStep>>> work, Func<IReadOnlyList<LearnedStep>, Task> store, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await ReadAsync(ct);
            var steps = await work();
            if (steps.Count == 0) return;
            try
            {
                await store(steps);
            }
            catch
            {
                foreach (var step in steps) _weights[step.Model].Undo(LearningLedger.Read(step));
                throw;
            }
            foreach (var step in steps) Note(step.Id);
        }
        finally
        {
            _gate.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _news.Writer.TryWrite(true);
        try
        {
            while (await _news.Reader.WaitToReadAsync(stoppingToken))
            {
                _news.Reader.TryRead(out _);
                await TryReadAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task TryReadAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await ReadAsync(ct);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // The next news has it read.
            Log.NotRead(log, problem.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        if (!_isRead) Forget();
        await using var db = engine.Open();
        for (var after = _isRead ? _last - Overlap : 0; ;)
        {
            // Steps made into one have the sum of what is known already; only who knows nothing needs them.
            var rows = await db.LearnedSteps.Where(s => s.Id > after && (!_isRead || s.DecisionId != null)).OrderBy(s => s.Id).Take(Batch).ToListAsync(ct);
            foreach (var row in rows.Where(r => !_seen.Contains(r.Id)))
            {
                _weights[row.Model].Apply(LearningLedger.Read(row));
                Note(row.Id);
            }
            if (rows.Count < Batch) break;
            after = rows[^1].Id;
        }
        _isRead = true;
    }

    /// <summary>A first read that failed half-way begins anew.</summary>
    private void Forget()
    {
        foreach (var kind in _weights.Keys) _weights[kind] = new LearnedWeights();
        _seen.Clear();
        _last = 0;
    }

    private void Note(long id)
    {
        _seen.Add(id);
        _last = Math.Max(_last, id);
        while (_seen.Count > 2 * Overlap) _seen.Remove(_seen.Min);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 9101, Level = LogLevel.Warning, Message = "What the models learned could not be read: {Reason}")]
        public static partial void NotRead(ILogger log, string reason);
    }
}
