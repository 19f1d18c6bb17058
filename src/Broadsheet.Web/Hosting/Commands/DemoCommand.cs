using System.CommandLine;
using Broadsheet.Web.Features.Demo;

namespace Broadsheet.Web.Hosting.Commands;

/// <summary><c>demo</c>: a living publication on a folder that is thrown away.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var command = new Command("demo", "Runs a sample publication on a throw-away folder");
        command.SetAction(async (parsed, ct) =>
        {
            var folder = Directory.CreateTempSubdirectory("broadsheet-demo-").FullName;
            try
            {
                return await ServeCommand.RunAsync(folder, CommandLine.SiteArguments(parsed), ct, app => WelcomeAsync(app, ct), FillAsync);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static Task FillAsync(WebApplication app, CancellationToken ct) => ActivatorUtilities.CreateInstance<SamplePublication>(app.Services).FillAsync(ct);

    private static Task WelcomeAsync(WebApplication app, CancellationToken ct) => Console.Out.WriteLineAsync($"The Lantern Post is at {app.Urls.First()}/ (a sample; it is gone when you stop it with Ctrl+C)".AsMemory(), ct);
}
