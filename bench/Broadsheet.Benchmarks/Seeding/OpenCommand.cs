using System.CommandLine;
using Broadsheet.Web.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Benchmarks.Seeding;

/// <summary><c>open-publication --data DIR [--postgres CONNECTION]</c>: shows strangers' comments at once, as the measured peers do, and does what an engine does of itself in the hours after an import.</summary>
internal static class OpenCommand
{
    public const string Name = "open-publication";

    public static Task<int> RunAsync(string[] args)
    {
        var command = new Command(Name, "Makes an imported publication ready to be measured") { SeedCommand.Data, SeedCommand.Postgres };
        command.SetAction((parsed, ct) => OpenAsync(parsed, ct));
        return new RootCommand { command }.Parse(args).InvokeAsync();
    }

    private static async Task<int> OpenAsync(ParseResult parsed, CancellationToken ct)
    {
        await using var app = SeedCommand.Build(parsed);
        if (app is null) return 1;
        await new SeedPublication(app.Services).PrepareAsync(ct);
        await SeedCommand.SettleAsync(app.Services.GetRequiredService<IDatabaseEngine>(), ct);
        return 0;
    }
}
