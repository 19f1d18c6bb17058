using System.Globalization;
using System.Net;
using System.Text;

namespace Broadsheet.Load.Side;

/// <summary>Requests a second as bars on a logarithmic scale, as SVG without script. Reads in print and in both colour schemes, since bars are told apart by their words.</summary>
internal static class Chart
{
    private const int Width = 900;
    private const int Left = 230;
    private const int Right = 90;
    private const int Bar = 14;

    public static string Of(Dictionary<Measured, Results> results)
    {
        var rows = results.Where(r => r.Key.Kind != MeasureKind.Figure && r.Value.Rounds.Count > 0).GroupBy(r => r.Key.Row, StringComparer.Ordinal).Select(g => (g.Key, Bars: g.Select(r => (r.Key.System, Value: r.Value.Median(x => x.PerSecond))).ToList())).ToList();
        var most = Math.Ceiling(Math.Log10(Math.Max(10, rows.SelectMany(r => r.Bars).Max(b => b.Value))));
        double X(double value) => Left + Math.Max(0, Math.Log10(Math.Max(1, value))) / most * (Width - Left - Right);
        var body = new StringBuilder();
        var y = 30;
        foreach (var (row, bars) in rows)
        {
            body.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{y + 11}\" font-weight=\"bold\">{Words(row)}</text>\n");
            y += Bar + 6;
            foreach (var (system, value) in bars)
            {
                var isOurs = system.StartsWith("Broadsheet", StringComparison.Ordinal);
                body.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{y + 11}\" text-anchor=\"end\">{Words(system)}</text><rect x=\"{Left}\" y=\"{y}\" width=\"{X(value) - Left:0.0}\" height=\"{Bar}\" fill=\"{(isOurs ? "#b3402a" : "#8a8f98")}\"/><text x=\"{X(value) + 6:0.0}\" y=\"{y + 11}\">{value.ToString(value < 10 ? "0.0" : "N0", CultureInfo.InvariantCulture)}</text>\n");
                y += Bar + 4;
            }
            y += 10;
        }
        var lines = new StringBuilder();
        for (var power = 0; power <= most; power++)
            lines.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(Math.Pow(10, power)):0.0}\" x2=\"{X(Math.Pow(10, power)):0.0}\" y1=\"20\" y2=\"{y}\" stroke=\"#8a8f98\" stroke-opacity=\"0.35\"/><text x=\"{X(Math.Pow(10, power)):0.0}\" y=\"14\" text-anchor=\"middle\">{Math.Pow(10, power):N0}</text>\n");
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {y + 10}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\" role=\"img\" aria-label=\"Requests a second, logarithmic scale\">\n<rect width=\"{Width}\" height=\"{y + 10}\" fill=\"#fff\"/>\n{lines}{body}</svg>\n";
    }

    private static string Words(string text) => WebUtility.HtmlEncode(text);
}
