using Broadsheet.Web.Data.PostgreSql;
using Broadsheet.Web.Data.Sqlite;
using Broadsheet.Web.Theming;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Hosting;

/// <summary>
/// What a start and its first page need anyway and what waits for nothing, begun beside the rest: a start has one thread's work and two cores. None of
/// it is needed for anything to be right: what fails here is met again, and told, where it is needed.
/// </summary>
internal static class WarmUp
{
    /// <summary>EF's picture of the database, which its first query would build.</summary>
    public static void Model(SiteOptions options) => Beside(() =>
    {
        using DbContext db = options.DatabaseProvider == "Sqlite"
            ? new SqliteBroadsheetDb(new DbContextOptionsBuilder<SqliteBroadsheetDb>().UseSqlite("Data Source=:memory:").UseSnakeCaseNamingConvention().Options)
            : new PostgreSqlBroadsheetDb(new DbContextOptionsBuilder<PostgreSqlBroadsheetDb>().UseNpgsql().UseSnakeCaseNamingConvention().Options);
        _ = db.Model;
        return Task.CompletedTask;
    });

    /// <summary>Themes are parsed, with all their templates.</summary>
    public static void Themes(WebApplication app) => Beside(() =>
    {
        app.Services.GetRequiredService<ThemeStore>();
        return Task.CompletedTask;
    });

    /// <summary>The front page, made for nobody: what a first reader would wait for is compiled and read by then.</summary>
    public static void FrontPage(WebApplication app)
    {
        // Built here, since the builder's own list of middleware belongs to one thread until the start is over.
        var pipeline = ((IApplicationBuilder)app).Build();
        Beside(async () =>
        {
            await using var scope = app.Services.CreateAsyncScope();
            var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
            http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
            (http.Request.Method, http.Request.Scheme, http.Request.Host, http.Request.Path) = (HttpMethods.Get, "http", new HostString("localhost"), "/");
            await pipeline(http);
        });
    }

    private static void Beside(Func<Task> work) => _ = Task.Run(async () =>
    {
        try
        {
            await work();
        }
        catch (Exception)
        {
            // Met again where it is needed.
        }
    });
}
