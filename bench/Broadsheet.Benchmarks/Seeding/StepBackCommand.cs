using System.CommandLine;
using System.Globalization;
using Broadsheet.Web.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Benchmarks.Seeding;

/// <summary><c>step-back --data DIR [--postgres CONNECTION] --migrations N</c>: takes the last N migrations back, so that the program has them to do at its next start.</summary>
internal static class StepBackCommand
{
    public const string Name = "step-back";

    private static readonly Option<int> Migrations = new("--migrations") { Required = true, Description = "How many; the first ones stay" };

    public static Task<int> RunAsync(string[] args)
    {
        var command = new Command(Name, "Takes migrations back, for measuring them") { SeedCommand.Data, SeedCommand.Postgres, Migrations };
        command.SetAction((parsed, ct) => StepAsync(parsed, ct));
        return new RootCommand { command }.Parse(args).InvokeAsync();
    }

    private static async Task<int> StepAsync(ParseResult parsed, CancellationToken ct)
    {
        await using var app = SeedCommand.Build(parsed);
        if (app is null) return 1;
        await using var db = app.Services.GetRequiredService<IDatabaseEngine>().Open();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        List<string> applied = [.. await db.Database.GetAppliedMigrationsAsync(ct)];
        var to = applied[Math.Max(0, applied.Count - 1 - parsed.GetValue(Migrations))];
        await db.GetService<IMigrator>().MigrateAsync(to, ct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"stands_at\":\"{to}\",\"taken_back\":{applied.Count - 1 - applied.IndexOf(to)}}}"));
        return 0;
    }
}
