using System.Diagnostics;
using System.Text.Json;
using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Browser.Tests;

/// <summary>The Nu HTML checker finds no error on any page.</summary>
public sealed class HtmlCheckerTests(SampleSite site) : IClassFixture<SampleSite>
{
    [Fact]
    public async Task The_public_pages_are_valid_HTML()
    {
        var folder = Directory.CreateTempSubdirectory("bs-nu").FullName;
        using var reader = site.NewReader();
        foreach (var (row, index) in AccessibilityTests.Pages.Select((r, i) => (r, i)))
        {
            using var answer = await reader.GetAsync(site.Path(row.Data));
            await File.WriteAllTextAsync(Path.Combine(folder, $"{index:00}.html"), await answer.Content.ReadAsStringAsync());
        }
        using var again = await reader.CommentAsync(site.Path("{lead}"), "Words.", author: "");
        await File.WriteAllTextAsync(Path.Combine(folder, "form.html"), await again.Content.ReadAsStringAsync());
        await WriteFollowPagesAsync(reader, folder);

        var errors = await CheckAsync(folder);

        Assert.True(errors.Count == 0, string.Join("\n", errors));
    }

    [Fact]
    public async Task The_newsrooms_pages_are_valid_HTML()
    {
        var folder = Directory.CreateTempSubdirectory("bs-nu").FullName;
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        foreach (var (path, index) in AccessibilityTests.Newsroom.Select((p, i) => (p, i)))
            await File.WriteAllTextAsync(Path.Combine(folder, $"{index:00}{path.Split('?')[0].Replace('/', '-')}.html"), await admin.Browser.ReadAsync(path));

        var errors = await CheckAsync(folder);

        Assert.True(errors.Count == 0, string.Join("\n", errors));
    }

    /// <summary>The pages that only the links in mail lead to.</summary>
    private async Task WriteFollowPagesAsync(ReaderClient reader, string folder)
    {
        using (await reader.PostAsync("/follow/", [new("email", "checker@example.org")])) { }
        var path = MailBox.Link(await new MailBox(site).WaitAsync("checker@example.org"), "/follow/confirm");
        await File.WriteAllTextAsync(Path.Combine(folder, "confirm.html"), await reader.ReadAsync(path));
        using var confirmed = await reader.PostAsync(path, []);
        var text = await confirmed.Content.ReadAsStringAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "confirmed.html"), text);
        var manage = System.Text.RegularExpressions.Regex.Match(text, "/follow/manage/[A-Za-z0-9_-]+/").Value;
        await File.WriteAllTextAsync(Path.Combine(folder, "manage.html"), await reader.ReadAsync(manage));
        using var ended = await reader.PostAsync(manage, [new("end", "all")]);
        await File.WriteAllTextAsync(Path.Combine(folder, "ended.html"), await ended.Content.ReadAsStringAsync());
        using var wrong = await reader.PostAsync("/follow/", [new("email", "nobody")]);
        await File.WriteAllTextAsync(Path.Combine(folder, "wrong.html"), await wrong.Content.ReadAsStringAsync());
    }

    private static async Task<List<string>> CheckAsync(string folder)
    {
        var jar = FindJar();
        using var process = Process.Start(new ProcessStartInfo("java", ["-Xss4m", "-jar", jar, "--format", "json", "--exit-zero-always", "--stdout", folder]) { RedirectStandardOutput = true })!;
        var report = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        using var json = JsonDocument.Parse(report);
        var messages = json.RootElement.GetProperty("messages").EnumerateArray().ToList();
        return [.. messages.Where(m => m.GetProperty("type").GetString() != "info").Select(m => $"{Path.GetFileName(m.GetProperty("url").GetString())}: {m.GetProperty("message").GetString()} {(m.TryGetProperty("extract", out var extract) ? extract.GetString() : "")}")];
    }

    private static string FindJar()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var jar = Path.Combine(at.FullName, "tests", "tools", "node_modules", "vnu-jar", "build", "dist", "vnu.jar");
            if (File.Exists(jar)) return jar;
        }
        Assert.Skip("The HTML checker is not installed: eng/test.sh installs it (npm ci in tests/tools).");
        return "";
    }
}
