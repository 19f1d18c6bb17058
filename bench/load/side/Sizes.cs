namespace Broadsheet.Load.Side;

/// <summary>How large each answer is on the wire, body only; asked as it will be asked for.</summary>
internal static class Sizes
{
    public static async Task<Dictionary<Measured, long>> OfAsync(IEnumerable<Measured> plan)
    {
        var sizes = new Dictionary<Measured, long>();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        foreach (var cell in plan.Where(c => c.Kind == MeasureKind.Ask && !c.More.Contains("-s|", StringComparison.Ordinal)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, cell.What);
            var more = cell.More.Split('|', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i + 1 < more.Length; i += 2)
                if (more[i] == "-H" && more[i + 1].Split(": ", 2) is [var name, var value]) request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await http.SendAsync(request);
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{cell.Row}, {cell.System}: {cell.What} answered {(int)answer.StatusCode}");
            sizes[cell] = (await answer.Content.ReadAsByteArrayAsync()).LongLength;
        }
        return sizes;
    }
}
