using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>A real Varnish with the configuration that the guide ships, before one program on this machine; with ports and a folder of its own.</summary>
public sealed class VarnishServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/varnishd";

    private readonly string _folder = Directory.CreateTempSubdirectory("bs-vc").FullName;
    private readonly int _port = FreePort();
    private readonly int _purgePort = FreePort();
    private Process? _process;

    /// <summary>Where the program listens.</summary>
    public int ProgramPort { get; } = FreePort();

    public Uri Url => new($"http://127.0.0.1:{_port}");

    public Uri PurgeUrl => new($"http://127.0.0.1:{_purgePort}");

    /// <summary>Before the program starts. Where Varnish or its module is not installed, the test is skipped aloud.</summary>
    public async Task StartAsync()
    {
        if (!File.Exists(Program) || !Directory.EnumerateFiles("/usr/lib", "libvmod_xkey.so", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3, IgnoreInaccessible = true }).Any())
            Assert.Skip("varnish or varnish-modules is not installed: eng/test.sh installs them.");
        var shipped = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "guide", "front-cache", "varnish.vcl"));
        var file = Path.Combine(_folder, "site.vcl");
        Assert.Contains(".port = \"5000\";", shipped, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, shipped.Replace(".port = \"5000\";", string.Create(CultureInfo.InvariantCulture, $".port = \"{ProgramPort}\";"), StringComparison.Ordinal));
        // -j none: it needs no users of its own.
        string[] arguments = ["-j", "none", "-F", "-n", _folder, "-a", $"http=127.0.0.1:{_port}", "-a", $"purge=127.0.0.1:{_purgePort}", "-f", file, "-s", "malloc,64m"];
        _process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = Task.WhenAll(_process.StandardError.ReadToEndAsync(), _process.StandardOutput.ReadToEndAsync());
        await Eventually.SeesAsync(async () =>
        {
            if (_process.HasExited) throw new InvalidOperationException($"varnishd ended:\n{string.Join('\n', await said)}");
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, _port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
