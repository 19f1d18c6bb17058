using System.Diagnostics;
using System.Globalization;
using System.Net;
using Broadsheet.Web.Tests.Durability;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Hosting;

/// <summary>Told to stop, a node says so, serves on for a while, and ends well.</summary>
public sealed class DrainingTests
{
    [Fact]
    public async Task It_is_not_ready_any_more_serves_on_and_then_ends()
    {
        await using var site = new SqliteSite();
        await site.InitializeAsync();
        await site.StopAsync();
        using var program = await RunningProgram.StartAsync(site, "--Hosting:DrainSeconds=8");
        using var reader = new ReaderClient(program.Url);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(reader, "/readyz"));

        var told = Stopwatch.GetTimestamp();
        using (var kill = Process.Start("kill", ["-TERM", program.Process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();

        await Eventually.SeesAsync(async () => await StatusAsync(reader, "/readyz") == HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(6));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(reader, "/"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(reader, "/healthz"));
        await program.Process.WaitForExitAsync();
        Assert.Equal(0, program.Process.ExitCode);
        Assert.InRange(Stopwatch.GetElapsedTime(told), TimeSpan.FromSeconds(7.5), TimeSpan.FromSeconds(40));
    }

    private static async Task<HttpStatusCode> StatusAsync(ReaderClient reader, string path)
    {
        using var answer = await reader.GetAsync(path);
        return answer.StatusCode;
    }
}
