using System.Diagnostics;
using System.Globalization;

namespace Broadsheet.Load.Side;

/// <summary>Measures everything once, then everything again: so a machine that grows slower does so for all alike. What fails is noted, and the rest goes on.</summary>
/// <param name="seconds">Of each cell and round, at 16 connections; at one, half as long.</param>
/// <param name="post">The program that posts.</param>
/// <param name="isCurve">Asks over one connection only.</param>
internal sealed class Rounds(IReadOnlyList<Measured> plan, int rounds, double seconds, string post, bool isCurve)
{
    public const double WarmingSeconds = 10;
    private const int Connections = 16;

    /// <summary>So many requests a cell is given time for, where it is slow; but no more than <see cref="MostOfSlow"/> times as long as others.</summary>
    private const double Enough = 60;
    private const double MostOfSlow = 3;

    private const int IdleLooks = 5;
    private static readonly TimeSpan IdleLook = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Measured, double> _perSecond = [];
    private readonly Dictionary<string, double> _idle = new(StringComparer.Ordinal);
    private readonly Dictionary<Measured, Results> _results = plan.ToDictionary(cell => cell, _ => new Results());

    public async Task<Dictionary<Measured, Results>> RunAsync()
    {
        await Console.Error.WriteLineAsync("warming up");
        foreach (var cell in plan)
        {
            if (cell.Kind == MeasureKind.Ask) await TryAsync(cell, async () => _perSecond[cell] = (await Wrk.RunAsync(cell, isCurve ? 1 : Connections, isCurve ? 1 : 2)).PerSecond);
            // Connections to a database that are made, statements that are prepared: no post's cost.
            else if (cell.Kind == MeasureKind.Post) await TryAsync(cell, async () => await PostAsync(cell, WarmingSeconds));
        }
        await LookIdleAsync();
        for (var i = 1; i <= rounds; i++)
            foreach (var row in plan.GroupBy(c => c.Row, StringComparer.Ordinal))
            {
                await Console.Error.WriteLineAsync($"round {i} of {rounds}: {row.Key}");
                // Who is asked after a slow one is not always the same.
                var cells = row.Where(c => c.Kind != MeasureKind.Failed && !_results[c].IsGivenUp).ToList();
                for (var j = 0; j < cells.Count; j++)
                {
                    var cell = cells[(i + j) % cells.Count];
                    await TryAsync(cell, async () =>
                    {
                        await WakeAsync(cell);
                        _results[cell].Rounds.Add(await OneAsync(cell));
                    });
                }
            }
        return _results;
    }

    /// <summary>Connections to a database that rest for five minutes are closed, and a round takes longer: making them, and preparing their statements, is no request's cost.</summary>
    private async Task WakeAsync(Measured cell)
    {
        if (isCurve) return;
        if (cell.Kind == MeasureKind.Post) await PostAsync(cell, 2);
        else if (cell.Kind == MeasureKind.Ask && _perSecond.GetValueOrDefault(cell) < 1_000) await Wrk.RunAsync(cell, Connections, 1);
    }

    /// <summary>What programs take while nothing is asked of them (looking for work, each other's servers on one database) is no request's cost.</summary>
    private async Task LookIdleAsync()
    {
        var all = plan.Where(c => c.Processes.Count > 0).Select(c => c.Processes).DistinctBy(Key, StringComparer.Ordinal).ToList();
        await ProcessorTime.RestAsync([.. all.SelectMany(p => p).Distinct()]);
        for (var look = 0; look < IdleLooks; look++)
        {
            var (before, since) = (all.ConvertAll(ProcessorTime.Of), Stopwatch.GetTimestamp());
            await Task.Delay(IdleLook);
            // The least of some: what one has to do just now (a database its own upkeep) is not what it always does.
            for (var i = 0; i < all.Count; i++) _idle[Key(all[i])] = Math.Min(_idle.GetValueOrDefault(Key(all[i]), double.MaxValue), (ProcessorTime.Of(all[i]) - before[i]) / Stopwatch.GetElapsedTime(since).TotalSeconds);
        }
    }

    private static string Key(IReadOnlyList<int> processes) => string.Join(' ', processes);

    private double IdleOf(Measured cell) => _idle.GetValueOrDefault(Key(cell.Processes));

    private async Task TryAsync(Measured cell, Func<Task> measure)
    {
        try
        {
            await measure();
        }
        catch (Exception problem) when (problem is InvalidOperationException or FormatException or IndexOutOfRangeException or ArgumentException or IOException)
        {
            _results[cell].Failures.Add(problem.Message);
            await Console.Error.WriteLineAsync($"{cell.Name}: {problem.Message}");
        }
    }

    private async Task<Round> OneAsync(Measured cell)
    {
        await ProcessorTime.RestAsync(cell.Processes, IdleOf(cell));
        return cell.Kind switch
        {
            MeasureKind.Ask => await AskAsync(cell),
            MeasureKind.Post => await PostAsync(cell, seconds),
            _ => await FigureAsync(cell),
        };
    }

    private static async Task<Round> FigureAsync(Measured cell)
    {
        var words = (await Shell.RunAsync("bash", "-c", cell.What)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new Round(0, 0, 0, 0, [.. words[^cell.Figures.Count..].Select(w => double.Parse(w, CultureInfo.InvariantCulture))]);
    }

    private async Task<Round> AskAsync(Measured cell)
    {
        var length = Math.Clamp(Enough / Math.Max(0.1, _perSecond.GetValueOrDefault(cell, Enough)), seconds, seconds * MostOfSlow);
        var many = isCurve ? null : await Wrk.RunAsync(cell, Connections, length);
        if (many is not null) await ProcessorTime.RestAsync(cell.Processes, IdleOf(cell));
        var (before, since) = (ProcessorTime.Of(cell.Processes), Stopwatch.GetTimestamp());
        var one = await Wrk.RunAsync(cell, 1, isCurve ? seconds : length / 2);
        many ??= one;
        return new Round(many.PerSecond, one.P50, many.P99, Cost(cell, before, since, one.Requests), []);
    }

    /// <summary>What is left to do after the answers (the search's words, another's queue) is part of what they cost.</summary>
    private async Task<Round> PostAsync(Measured cell, double length)
    {
        var (before, since) = (ProcessorTime.Of(cell.Processes), Stopwatch.GetTimestamp());
        var said = (await Shell.RunAsync("dotnet", [post, .. cell.What.Split(' '), "--seconds", length.ToString(CultureInfo.InvariantCulture)])).Split(' ');
        await ProcessorTime.RestAsync(cell.Processes, IdleOf(cell));
        double At(int place) => double.Parse(said[place], CultureInfo.InvariantCulture);
        return new Round(At(2), At(3), At(4), Cost(cell, before, since, (long)At(0)), []);
    }

    private double Cost(Measured cell, double before, long since, long requests) =>
        Math.Max(0, ProcessorTime.Of(cell.Processes) - before - IdleOf(cell) * Stopwatch.GetElapsedTime(since).TotalSeconds) / Math.Max(1, requests);
}
