using System.CommandLine;
using System.Globalization;
using System.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Demo;
using Microsoft.EntityFrameworkCore;

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

    private static async Task WelcomeAsync(WebApplication app, CancellationToken ct)
    {
        var url = app.Urls.First().TrimEnd('/');
        var welcome = new StringBuilder($"The Lantern Post is at {url}/ (a sample; it is gone when you stop it with Ctrl+C)\nSign in, once each, as\n");
        await using var db = app.Services.GetRequiredService<IDatabaseEngine>().Open();
        foreach (var person in await db.Users.OrderByDescending(p => p.Role).ThenBy(p => p.Id).ToListAsync(ct))
        {
            var secret = await app.Services.GetRequiredService<Writes>().RunAsync((scope, token) => PeopleLedger.NewLinkAsync(scope, person.Id, PeopleLedger.LinkLifetime, token), ct);
            welcome.Append(CultureInfo.InvariantCulture, $"  {person.Role.ToString().ToLowerInvariant(),-14} {person.DisplayName,-18} {url}/account/sign-in/link/{secret}/\n");
        }
        await Console.Out.WriteAsync(welcome, ct);
    }
}
