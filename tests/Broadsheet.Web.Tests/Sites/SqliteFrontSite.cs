using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>A publication behind Varnish.</summary>
public sealed class SqliteFrontSite : SqliteSite
{
    public VarnishServer Varnish { get; } = new();

    /// <summary>Every answer is 503, but that it lives.</summary>
    public bool IsFailing { get; set; }

    public override async ValueTask InitializeAsync()
    {
        await Varnish.StartAsync();
        Services = services => services.AddSingleton<IStartupFilter>(new Failing(this));
        await GoOnAsync();
        await SettleAsync();
        await SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
    }

    /// <summary>The program starts, or starts again, where Varnish looks for it.</summary>
    public ValueTask GoOnAsync() => StartAsync("--urls", $"http://127.0.0.1:{Varnish.ProgramPort}", "--Cache:Front:Seconds=60", $"--Cache:Front:Purge={Varnish.PurgeUrl}", "--Hosting:TrustedProxies=127.0.0.1");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Varnish.DisposeAsync();
    }

    private sealed class Failing(SqliteFrontSite site) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (http, rest) =>
            {
                if (!site.IsFailing || http.Request.Path == "/healthz") await rest(http);
                else
                {
                    http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                    await http.Response.WriteAsync("OUT OF ORDER");
                }
            });
            next(app);
        };
    }
}
