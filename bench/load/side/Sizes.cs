namespace Broadsheet.Load.Side;

/// <summary>How large each answer is on the wire, body only; asked as it will be asked for.</summary>
internal static class Sizes
{
    /// <param name="plan">What does not answer well is no longer measured: its place is taken by a cell that says why.</param>
    public static async Task<Dictionary<Measured, long>> OfAsync(List<Measured> plan)
    {
        var sizes = new Dictionary<Measured, long>();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        for (var i = 0; i < plan.Count; i++)
        {
            var cell = plan[i];
            if (cell.Kind != MeasureKind.Ask || cell.More.Contains("-s|", StringComparison.Ordinal)) continue;
            try
            {
                sizes[cell] = await OneAsync(http, cell);
            }
            catch (Exception problem) when (problem is HttpRequestException or InvalidOperationException or TaskCanceledException)
            {
                plan[i] = cell with { Kind = MeasureKind.Failed, What = problem.Message };
                await Console.Error.WriteLineAsync($"{cell.Name}: {problem.Message}");
            }
        }
        return sizes;
    }

    private static async Task<long> OneAsync(HttpClient http, Measured cell)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, cell.What);
        var more = cell.More.Split('|', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + 1 < more.Length; i += 2)
            if (more[i] == "-H" && more[i + 1].Split(": ", 2) is [var name, var value]) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{cell.What} answered {(int)answer.StatusCode}");
        return (await answer.Content.ReadAsByteArrayAsync()).LongLength;
    }
}
