using System.CommandLine;
using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Benchmarks.Seeding;

/// <summary>
/// <c>multiply-articles --data DIR [--postgres CONNECTION] --by N</c>: an imported publication's articles N times over, each copy as much older than the one before
/// as all of them are: sections, tags and search words with them, comments not. By statements over whole tables, since 100,000 articles are made for their number, not for their words.
/// </summary>
internal static class MultiplyCommand
{
    public const string Name = "multiply-articles";

    private static readonly Option<int> By = new("--by") { Required = true, Description = "1: none is added" };

    public static Task<int> RunAsync(string[] args)
    {
        var command = new Command(Name, "Adds copies of all articles, for measuring") { SeedCommand.Data, SeedCommand.Postgres, By };
        command.SetAction((parsed, ct) => MultiplyAsync(parsed, ct));
        return new RootCommand { command }.Parse(args).InvokeAsync();
    }

    private static async Task<int> MultiplyAsync(ParseResult parsed, CancellationToken ct)
    {
        await using var app = SeedCommand.Build(parsed);
        if (app is null) return 1;
        var engine = app.Services.GetRequiredService<IDatabaseEngine>();
        await IndexAsync(app, engine, ct);
        await using var db = engine.Open();
        var (count, from, to) = (await db.Articles.MaxAsync(a => a.Id, ct), await db.Articles.MinAsync(a => a.PublishedAt, ct), await db.Articles.MaxAsync(a => a.PublishedAt, ct));
        var hours = (int)Math.Ceiling((to - from)!.Value.TotalHours) + 1;
        for (var copy = 1; copy < parsed.GetValue(By); copy++)
            foreach (var sql in Statements(db, copy * count, copy * (long)hours, copy)) await engine.WriteAsync((scope, token) => RunAsync(scope, sql, token), ct);
        await engine.WriteAsync((scope, token) => scope.Terms.ExecuteUpdateAsync(set => set.SetProperty(t => t.Articles, t => t.Articles * parsed.GetValue(By)), token), ct);
        await engine.WriteAsync(engine.AdvanceSequencesAsync, ct);
        await SeedCommand.SettleAsync(engine, ct);
        var articles = await db.Articles.CountAsync(ct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"articles\":{articles}}}"));
        return 0;
    }

    /// <summary>An import leaves the articles' search words to the program.</summary>
    private static async Task IndexAsync(WebApplication app, IDatabaseEngine engine, CancellationToken ct)
    {
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync(ct);
        await using var db = engine.Open();
        while (await db.SearchPending.AnyAsync(ct)) await Task.Delay(500, ct);
        await app.StopAsync(ct);
    }

    private static async Task RunAsync(BroadsheetDb db, string sql, CancellationToken ct)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await db.Database.ExecuteSqlRawAsync(sql, ct);
    }

    private static IEnumerable<string> Statements(BroadsheetDb db, long ids, long hours, int copy)
    {
        var (isPostgres, nth) = (db.Database.IsNpgsql(), copy.ToString(CultureInfo.InvariantCulture));
        string Older(string column) => isPostgres ? $"{column} - make_interval(hours => {hours})" : $"{column} - {hours * 3_600_000}";
        var changed = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["id"] = $"id + {ids}",
            ["article_id"] = $"article_id + {ids}",
            ["slug"] = $"slug || '-{nth}'",
            ["guid"] = $"guid || ':{nth}'",
            ["published_at"] = Older("published_at"),
            ["published_local"] = isPostgres ? Older("published_local") : $"datetime(published_local, '-{hours} hours')",
            ["modified_at"] = Older("modified_at"),
            ["at"] = Older("at"),
        };
        // What has no readers' words yet has no counts of them.
        foreach (var counter in new[] { "comments_shown", "comments_top_level", "pings_shown", "last_number", "likes", "featured" }) changed[counter] = "0";
        yield return Copy<Article>(db, changed, $"id <= {ids / copy}");
        yield return Copy<ArticleTerm>(db, changed, $"article_id <= {ids / copy}");
        yield return Copy<ThreadCounters>(db, changed, $"article_id <= {ids / copy}");
        // Their own ids come from the database.
        yield return Copy<SearchDocument>(db, changed, $"comment_id IS NULL AND article_id <= {ids / copy}", without: "id");
    }

    private static string Copy<T>(BroadsheetDb db, Dictionary<string, string> changed, string where, string? without = null) where T : class
    {
        var type = db.Model.FindEntityType(typeof(T))!;
        var table = type.GetTableMappings().First().Table;
        List<string> columns = [.. table.Columns.Select(c => c.Name).Where(c => c != without)];
        return $"INSERT INTO {table.Name} ({string.Join(", ", columns)}) SELECT {string.Join(", ", columns.Select(c => changed.GetValueOrDefault(c, c)))} FROM {table.Name} WHERE {where}";
    }
}
