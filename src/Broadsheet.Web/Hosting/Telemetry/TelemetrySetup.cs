using System.Diagnostics;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Discussion;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Reads;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Broadsheet.Web.Hosting.Telemetry;

/// <summary>
/// Metrics, traces and logs as OpenTelemetry has them, where the operator configured somebody to tell them to (ADR 28). Where not, nothing of it is loaded,
/// and no request makes an activity.
/// </summary>
internal static class TelemetrySetup
{
    /// <summary>Seconds: pages come from memory in a fraction of a millisecond, and a slow one is what an operator looks for.</summary>
    private static readonly double[] Durations = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    public static void AddTo(WebApplicationBuilder builder, TelemetryOptions options)
    {
        if (!options.IsOn) return;
        builder.Services.AddSingleton<QueueWatch>().AddSingleton<IRecurring>(s => s.GetRequiredService<QueueWatch>());
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(r => r.AddService("broadsheet", serviceVersion: typeof(TelemetrySetup).Assembly.GetName().Version?.ToString(3), serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}"));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(CacheMeter.Name, WriteMeter.Name, JobMeter.Name, CommentMeter.Name, QueueWatch.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql");
            metrics.AddView(instrument => instrument.Name.EndsWith(".duration", StringComparison.Ordinal) && instrument.Unit == "s" ? new ExplicitBucketHistogramConfiguration { Boundaries = Durations } : null);
            if (options.Prometheus is not null) metrics.AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 1_000);
            if (options.Otlp is { } otlp) metrics.AddOtlpExporter(exporter => SendTo(exporter, otlp, "v1/metrics"));
        });
        if (options.Prometheus is { } scraped) builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, $"{builder.Configuration["urls"] ?? "http://localhost:5000"};{scraped.GetLeftPart(UriPartial.Authority)}");
        if (options.Otlp is { } collector) Trace(builder, telemetry, options.Sample, collector);
    }

    /// <summary>First of all: what comes to the port of the metrics meets nothing else of the program.</summary>
    public static void Use(WebApplication app, TelemetryOptions options)
    {
        if (options.Prometheus is not { Port: var port }) return;
        app.MapWhen(http => http.Connection.LocalPort == port, metrics =>
        {
            metrics.UseOpenTelemetryPrometheusScrapingEndpoint("/metrics");
            metrics.Run(http =>
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        });
    }

    private static void Trace(WebApplicationBuilder builder, OpenTelemetry.OpenTelemetryBuilder telemetry, double sample, Uri collector)
    {
        telemetry.WithTracing(traces => traces
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(sample)))
            .AddAspNetCoreInstrumentation(requests => requests.EnrichWithHttpResponse = HideSecrets)
            // Not the requests that go out: addresses of feeds and hooks may be secrets themselves.
            .AddSource("Npgsql")
            .AddOtlpExporter(exporter => SendTo(exporter, collector, "v1/traces")));
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.AddOtlpExporter(exporter => SendTo(exporter, collector, "v1/logs"));
        });
    }

    private static void SendTo(OtlpExporterOptions exporter, Uri collector, string signal) => (exporter.Protocol, exporter.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri(collector, signal));

    /// <summary>Some addresses sign somebody in: a trace has them as a log has them.</summary>
    private static void HideSecrets(Activity activity, HttpResponse response) => activity.SetTag("url.path", LoggedAddress.Of(response.HttpContext));
}
