using System.Globalization;

namespace Broadsheet.Load.Side;

/// <summary>Measures everything once, then everything again: so a machine that grows slower does so for all alike.</summary>
/// <param name="seconds">Of each cell and round, at 16 connections; at one, half as long.</param>
/// <param name="post">The program that posts.</param>
internal sealed class Rounds(IReadOnlyList<Measured> plan, int rounds, double seconds, string post)
{
    private const int Connections = 16;
    private const double WarmingSeconds = 10;

    public async Task<Dictionary<Measured, List<Round>>> RunAsync()
    {
        var results = plan.ToDictionary(cell => cell, _ => new List<Round>());
        foreach (var cell in plan.Where(c => c.Kind == MeasureKind.Ask)) await Wrk.RunAsync(cell, Connections, 2);
        // Connections to a database that are made, statements that are prepared: no post's cost.
        foreach (var cell in plan.Where(c => c.Kind == MeasureKind.Post)) await PostAsync(cell, WarmingSeconds);
        for (var i = 1; i <= rounds; i++)
            foreach (var row in plan.GroupBy(c => c.Row, StringComparer.Ordinal))
            {
                await Console.Error.WriteLineAsync($"round {i} of {rounds}: {row.Key}");
                // Who is asked after a slow one is not always the same.
                var cells = row.ToList();
                for (var j = 0; j < cells.Count; j++)
                {
                    var cell = cells[(i + j) % cells.Count];
                    results[cell].Add(await OneAsync(cell));
                }
            }
        return results;
    }

    private async Task<Round> OneAsync(Measured cell)
    {
        await ProcessorTime.RestAsync(cell.Processes);
        return cell.Kind switch
        {
            MeasureKind.Ask => await AskAsync(cell),
            MeasureKind.Post => await PostAsync(cell, seconds),
            _ => new Round(double.Parse((await Shell.RunAsync("bash", "-c", cell.What)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[^1], CultureInfo.InvariantCulture), 0, 0, 0),
        };
    }

    private async Task<Round> AskAsync(Measured cell)
    {
        var many = await Wrk.RunAsync(cell, Connections, seconds);
        await ProcessorTime.RestAsync(cell.Processes);
        var before = ProcessorTime.Of(cell.Processes);
        var one = await Wrk.RunAsync(cell, 1, seconds / 2);
        return new Round(many.PerSecond, one.P50, many.P99, (ProcessorTime.Of(cell.Processes) - before) / Math.Max(1, one.Requests));
    }

    /// <summary>What is left to do after the answers (the search's words, another's queue) is part of what they cost.</summary>
    private async Task<Round> PostAsync(Measured cell, double length)
    {
        var before = ProcessorTime.Of(cell.Processes);
        var said = (await Shell.RunAsync("dotnet", [post, .. cell.What.Split(' '), "--seconds", length.ToString(CultureInfo.InvariantCulture)])).Split(' ');
        await ProcessorTime.RestAsync(cell.Processes);
        double At(int place) => double.Parse(said[place], CultureInfo.InvariantCulture);
        return new Round(At(2), At(3), At(4), (ProcessorTime.Of(cell.Processes) - before) / Math.Max(1, At(0)));
    }
}
