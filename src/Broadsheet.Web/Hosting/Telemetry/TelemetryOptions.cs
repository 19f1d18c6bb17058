using System.Globalization;
using Broadsheet.Core;

namespace Broadsheet.Web.Hosting.Telemetry;

/// <summary>To whom the program tells how it is (<c>Telemetry:*</c>). Nobody, unless the operator says so.</summary>
/// <param name="Prometheus">An address of its own at which <c>/metrics</c> answers and nothing else; null: none. Meant for the inside of a network.</param>
/// <param name="Otlp">Where metrics, traces and logs go by the OpenTelemetry protocol (OTLP over HTTP); null: nowhere.</param>
/// <param name="Sample">The share of requests that are traced, from 0 to 1; what a caller traces already is traced on.</param>
internal sealed record TelemetryOptions(Uri? Prometheus, Uri? Otlp, double Sample)
{
    private const double UsualSample = 0.01;

    public static TelemetryOptions None { get; } = new(null, null, UsualSample);

    public bool IsOn => Prometheus is not null || Otlp is not null;

    public static Outcome<TelemetryOptions> Read(IConfiguration configuration)
    {
        var prometheus = Address(configuration, "Telemetry:Prometheus", "http://127.0.0.1:9464");
        if (prometheus.Problem is { } wrong) return wrong;
        if (prometheus.Value is { Scheme: not "http" } or { Port: 0 }) return new Problem("Telemetry:Prometheus", $"Telemetry:Prometheus is “{prometheus.Value}”; it is http with a port of its own, as in http://127.0.0.1:9464.");
        var otlp = Address(configuration, "Telemetry:Otlp", "http://collector:4318");
        if (otlp.Problem is { } wrongToo) return wrongToo;
        var text = configuration["Telemetry:Sample"] ?? UsualSample.ToString(CultureInfo.InvariantCulture);
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var sample) || sample > 1) return new Problem("Telemetry:Sample", $"Telemetry:Sample is “{text}”; it is a share from 0 to 1, as in 0.01.");
        return new TelemetryOptions(prometheus.Value, otlp.Value, sample);
    }

    private static Outcome<Uri?> Address(IConfiguration configuration, string key, string example)
    {
        if (configuration[key] is not { Length: > 0 } text) return (Uri?)null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", PathAndQuery: "/" } ? uri : new Problem(key, $"{key} is “{text}”; it needs a scheme, a host and a port, as in {example}.");
    }
}
