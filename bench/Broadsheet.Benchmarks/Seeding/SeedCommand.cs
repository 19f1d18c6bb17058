using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Broadsheet.Benchmarks.Seeding;

/// <summary>
/// <c>seed-thread --data DIR [--postgres CONNECTION] --comments N [--beside K] [--comments-beside M]</c>: a publication whose newest article has N comments,
/// and K older ones with M each. The same each time; a page of the thread holds as much at every N that is a multiple of 200.
/// </summary>
internal static class SeedCommand
{
    public const string Name = "seed-thread";

    internal static readonly Option<string> Data = new("--data") { Required = true, Description = "The publication's folder, empty or missing" };
    internal static readonly Option<string?> Postgres = new("--postgres") { Description = "A connection to an empty database; without it, SQLite in the folder" };
    private static readonly Option<int> Comments = new("--comments") { Required = true, Description = "Under the newest article" };
    private static readonly Option<int> Beside = new("--beside") { Description = "Older articles" };
    private static readonly Option<int> CommentsBeside = new("--comments-beside") { DefaultValueFactory = _ => ThreadPattern.Size, Description = "Under each of them" };

    public static Task<int> RunAsync(string[] args)
    {
        var command = new Command(Name, "Fills an empty publication with one long thread, for measuring") { Data, Postgres, Comments, Beside, CommentsBeside };
        command.SetAction((parsed, ct) => RunAsync(parsed, ct));
        return new RootCommand { command }.Parse(args).InvokeAsync();
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        await using var app = Build(parsed);
        if (app is null) return 1;
        var engine = app.Services.GetRequiredService<IDatabaseEngine>();
        await engine.MigrateAsync(ct);
        await using (var db = engine.Open())
            if (await db.Articles.AnyAsync(ct)) return Fail("this publication has articles already: name an empty one");
        var started = Stopwatch.GetTimestamp();
        var seed = new SeedPublication(app.Services);
        await seed.PrepareAsync(ct);
        for (var i = 0; i < parsed.GetValue(Beside); i++) await seed.AddAsync(parsed.GetValue(CommentsBeside), ct);
        var article = await seed.AddAsync(parsed.GetValue(Comments), ct);
        await SettleAsync(engine, ct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"article\":{article},\"comments\":{parsed.GetValue(Comments)},\"middle\":{seed.MiddleComment},\"seconds\":{Stopwatch.GetElapsedTime(started).TotalSeconds:0.0}}}"));
        return 0;
    }

    /// <returns>Null after saying why not.</returns>
    internal static WebApplication? Build(ParseResult parsed)
    {
        var folder = Directory.CreateDirectory(parsed.GetValue(Data)!).FullName;
        string[] database = parsed.GetValue(Postgres) is { } connection ? ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={connection}"] : [];
        var built = Site.Build(folder, [.. database, "--Database:MapMegabytes=0"], LogLevel.Warning);
        if (built.Problem is not { } problem) return built.Value;
        Fail(problem.Message);
        return null;
    }

    /// <summary>What the engines do of themselves in the hours after such growth: counts for the planner, and on PostgreSQL the visibility of rows.</summary>
    internal static async Task SettleAsync(IDatabaseEngine engine, CancellationToken ct)
    {
        await using var db = engine.Open();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await db.Database.ExecuteSqlRawAsync(db.Database.IsNpgsql() ? "VACUUM (ANALYZE)" : "ANALYZE", ct);
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine($"{Name}: {message}");
        return 1;
    }
}
