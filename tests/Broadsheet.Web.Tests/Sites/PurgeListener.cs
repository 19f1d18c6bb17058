using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>Stands for a cache in front, and writes down what it is told to forget.</summary>
public sealed class PurgeListener : IAsyncDisposable
{
    private WebApplication? _app;

    public ConcurrentQueue<(string Tag, bool Hard, long At)> Heard { get; } = new();

    /// <summary>It answers 503 and hears nothing.</summary>
    public bool IsDeaf { get; set; }

    public int Refused { get; private set; }

    public string Url { get; private set; } = "";

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(http =>
        {
            if (IsDeaf)
            {
                Refused++;
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return Task.CompletedTask;
            }
            foreach (var (header, hard) in new[] { ("xkey-purge", true), ("xkey-softpurge", false) })
                foreach (var tag in http.Request.Headers[header].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)) Heard.Enqueue((tag, hard, Stopwatch.GetTimestamp()));
            return Task.CompletedTask;
        });
        await _app.StartAsync();
        Url = _app.Urls.First();
    }

    public int CountOf(string tag, bool hard) => Heard.Count(h => h.Tag == tag && h.Hard == hard);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }
}
