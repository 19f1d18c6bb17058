using System.CommandLine;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Setup;

namespace Broadsheet.Web.Hosting.Commands;

/// <summary><c>serve</c>: runs the publication.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Runs the publication (the default)");
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(CommandLine.Data)!, CommandLine.SiteArguments(parsed), ct));
        return command;
    }

    public static async Task<int> RunAsync(string dataFolder, string[] arguments, CancellationToken ct, Func<WebApplication, Task>? afterStart = null, Func<WebApplication, CancellationToken, Task>? beforeStart = null)
    {
        if (ListenAddress.Check(arguments) is { } wrongAddress) return CommandLine.Misuse(wrongAddress);
        try
        {
            Directory.CreateDirectory(dataFolder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return CommandLine.Fail($"--data {dataFolder}: {problem.Message}");
        }
        var built = Site.Build(dataFolder, arguments);
        if (built.Problem is { } wrong) return CommandLine.Fail(wrong);
        await using var app = built.Value;
        if (app.Services.GetRequiredService<SiteOptions>().Bucket is { } bucket && await MediaStore.BucketCheck.RunAsync(bucket, ct) is { } noBucket) return CommandLine.Fail(noBucket);
        var engine = app.Services.GetRequiredService<IDatabaseEngine>();
        var serving = engine.LockForServing();
        if (serving.Problem is { } taken) return CommandLine.Fail(taken);
        using var held = serving.Value;
        try
        {
            await engine.MigrateAsync(ct);
            await app.Services.GetRequiredService<PublicationStore>().EnsureSecretAsync(app.Services.GetRequiredService<Writes>(), ct);
            if (beforeStart is not null) await beforeStart(app, ct);
            await app.StartAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Told to stop before it served anybody.
            return CommandLine.Done;
        }
        catch (Exception problem) when (problem is IOException || engine.AsStorageTrouble(problem) is not null)
        {
            return CommandLine.Fail(engine.AsStorageTrouble(problem)?.InnerException?.Message ?? problem.Message);
        }
        var options = app.Services.GetRequiredService<SiteOptions>();
        if (options is { PublicUrl: null, Mail.Host: not null }) await Console.Error.WriteLineAsync("Hosting:PublicUrl is not set: links in mail begin with whatever host a reader's request named.");
        try
        {
            await OfferSetupAsync(app, engine, ct);
            if (afterStart is not null) await afterStart(app);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Told to stop already: it stops as it does at any time.
        }
        await app.WaitForShutdownAsync(ct);
        return CommandLine.Done;
    }

    /// <summary>While nobody runs the publication, whoever started it may: by a link that is told here only.</summary>
    private static async Task OfferSetupAsync(WebApplication app, IDatabaseEngine engine, CancellationToken ct)
    {
        var path = await SetupLink.OfferAsync(engine, app.Services.GetRequiredService<PublicationStore>(), app.Services.GetRequiredService<Writes>(), ct);
        if (path is null) return;
        var address = app.Services.GetRequiredService<SiteOptions>().PublicUrl ?? ListenAddress.Of(app.Urls.FirstOrDefault());
        await Console.Error.WriteLineAsync($"This publication is not set up yet. Open this link once to make it yours:\n\n    {address}{path}\n");
    }
}
