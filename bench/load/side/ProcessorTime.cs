using System.Globalization;

namespace Broadsheet.Load.Side;

/// <summary>Processor time of processes and all their descendants, from <c>/proc</c> (proc(5)).</summary>
internal static class ProcessorTime
{
    private const double MillisecondsOfTick = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <returns>Milliseconds.</returns>
    public static double Of(IReadOnlyList<int> roots)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Stat(id) : null).OfType<Row>().ToList();
        var children = all.ToLookup(r => r.Parent);
        var wanted = new Dictionary<int, Row>();
        var left = new Queue<Row>(all.Where(r => roots.Contains(r.Id)));
        while (left.TryDequeue(out var row))
            if (wanted.TryAdd(row.Id, row))
                foreach (var child in children[row.Id]) left.Enqueue(child);
        // Of those that have ended, their parents know.
        return wanted.Values.Sum(r => r.Own + r.Ended) * MillisecondsOfTick;
    }

    /// <summary>Waits until they have nothing left to do: what one row began is not charged to the next.</summary>
    /// <param name="idle">What they take while nothing is asked of them, in milliseconds a second.</param>
    public static async Task RestAsync(IReadOnlyList<int> roots, double idle = 0)
    {
        for (var (waited, last) = (TimeSpan.Zero, Of(roots)); waited < Longest; waited += Look)
        {
            await Task.Delay(Look);
            var now = Of(roots);
            if (now - last <= 2 * MillisecondsOfTick + 1.5 * idle * Look.TotalSeconds) return;
            last = now;
        }
    }

    private static Row? Stat(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            // The name, in brackets, may hold blanks.
            var cells = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long At(int field) => long.Parse(cells[field - 3], CultureInfo.InvariantCulture);
            return new Row(id, (int)At(4), At(14) + At(15), At(16) + At(17));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Row(int Id, int Parent, long Own, long Ended);
}
