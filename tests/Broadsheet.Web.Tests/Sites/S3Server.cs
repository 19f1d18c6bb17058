using System.Diagnostics;
using System.Globalization;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>An S3 server of the tests' own on a free port, with an empty bucket <c>media</c> in a temporary folder. Started at first use.</summary>
public sealed class S3Server : IAsyncDisposable
{
    /// <summary>The part of the bucket that the tests of one class share: work that one of them leaves behind finds its files in the next.</summary>
    public string Prefix { get; } = Path.GetRandomFileName();

    private readonly string _folder = Directory.CreateTempSubdirectory("bs-s3").FullName;
    private readonly HttpClient _http = new();
    private Process? _process;
    private int _port;

    /// <summary>Where it is installed; else the test is skipped aloud.</summary>
    public async Task StartAsync()
    {
        if (_process is not null) return;
        var tools = FindTools();
        if (tools is null || !Directory.Exists(Path.Combine(tools, "node_modules", "s3rver"))) Assert.Skip("s3rver is not installed: eng/test.sh runs npm ci in tests/tools.");
        try
        {
            _process = Process.Start(new ProcessStartInfo("node", ["s3-server.mjs", _folder, _port.ToString(CultureInfo.InvariantCulture)]) { WorkingDirectory = tools, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("node is not installed.");
        }
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _port = int.Parse((await _process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
    }

    /// <summary>It can be started again at the same place.</summary>
    public async Task StopAsync()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Configuration of a site whose media lie below a prefix.</summary>
    public string[] Arguments(string prefix) =>
        ["--Media:Store=S3", $"--Media:S3:Endpoint=http://127.0.0.1:{_port}", "--Media:S3:Bucket=media", "--Media:S3:AccessKey=S3RVER", "--Media:S3:SecretKey=S3RVER", $"--Media:S3:Prefix={prefix}"];

    public Uri Url => new($"http://127.0.0.1:{_port}");

    /// <summary>Requests that it had so far.</summary>
    public async Task<int> CountAsync() => int.Parse(await _http.GetStringAsync(new Uri(Url, "/-/count")), CultureInfo.InvariantCulture);

    /// <param name="code">With which all writing is refused; empty: none is.</param>
    public async Task RefuseAsync(string code)
    {
        using var answer = await _http.PutAsync(new Uri(Url, $"/-/refuse/{code}"), null);
    }

    /// <summary>The next whole objects come with an ETag that cannot be read.</summary>
    public async Task GarbleAsync(int answers)
    {
        using var answer = await _http.PutAsync(new Uri(Url, $"/-/garble/{answers}"), null);
    }

    /// <summary>After the next upload that is put, no upload can be read, until another is put.</summary>
    public async Task DeafenAsync()
    {
        using var answer = await _http.PutAsync(new Uri(Url, "/-/deafen"), null);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? FindTools()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "tests", "tools") is var tools && File.Exists(Path.Combine(tools, "s3-server.mjs"))) return tools;
        return null;
    }
}
