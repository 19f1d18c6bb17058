using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Api;

/// <summary>A program made for WordPress, the npm client wpapi in a node process of its own, reads the publication: it finds the API by itself.</summary>
public abstract class WpapiClientTests(BroadsheetSite site)
{
    [Fact]
    public async Task The_npm_client_wpapi_reads_a_publication()
    {
        var sample = await ApiSample.OfAsync(site);

        var seen = await ReadAsync(sample.One.Id, "harbour");

        Assert.Equal((4, 2), ((int)seen["first"]!["total"]!, (int)seen["first"]!["totalPages"]!));
        Assert.Contains("next", Texts(seen["first"]!["links"]));
        Assert.Equal("Ann Author", seen["first"]!["embedded"]!["author"]![0]!["name"]!.ToString());
        Assert.Equal(["One", "Two", "Three", "Sealed"], Texts(seen["walked"]));
        Assert.Equal(("One", "The Wire"), (seen["one"]!["title"]!.ToString(), seen["one"]!["credit"]!["outlet"]!.ToString()));
        Assert.Contains("opens.</p>", seen["one"]!["content"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(["Two", "One"], Texts(seen["byTag"]));
        Assert.Equal(["Two"], Texts(seen["bySlug"]));
        Assert.Equal(["Sam Second", "Rita Reader"], seen["comments"]!.AsArray().Select(c => c!["author"]!.ToString()));
        Assert.Equal(sample.First, (long)seen["comments"]![0]!["parent"]!);
        Assert.Equal(["local:1", "news:1"], Texts(seen["categories"]));
        Assert.Equal(["ferries", "ice"], Texts(seen["tags"]));
        Assert.Equal(["Ann Author"], Texts(seen["users"]));
        Assert.Equal("A red boat", Assert.Single(seen["media"]!.AsArray())!["alt"]!.ToString());
        Assert.Equal(["About", "Staff"], Texts(seen["pages"]));
        Assert.Equal(["Two", "One"], Texts(seen["searched"]));
        Assert.Equal(["post:One", "post:Two"], Texts(seen["found"]).Order(StringComparer.Ordinal));
        Assert.Equal(["post", "page", "attachment"], Texts(seen["types"]));
        Assert.Equal(["publish"], Texts(seen["statuses"]));
        Assert.Equal(["category", "post_tag"], Texts(seen["taxonomies"]));
        Assert.Equal(("rest_invalid_param", 400), (seen["problem"]!["code"]!.ToString(), (int)seen["problem"]!["status"]!));
    }

    private async Task<JsonNode> ReadAsync(long article, string word)
    {
        var tools = FindTools();
        if (tools is null || !Directory.Exists(Path.Combine(tools, "node_modules", "wpapi"))) Assert.Skip("wpapi is not installed: eng/test.sh runs npm ci in tests/tools.");
        using var node = Start(tools, [site.Url.ToString(), article.ToString(CultureInfo.InvariantCulture), word]);
        if (node is null) Assert.Skip("node is not installed.");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(limit.Token), node.StandardError.ReadToEndAsync(limit.Token));
        await node.WaitForExitAsync(limit.Token);
        Assert.True(node.ExitCode == 0, $"{await errors}\n{await output}");
        return JsonNode.Parse(await output)!;
    }

    private static Process? Start(string tools, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", ["wpapi-read.mjs", .. arguments]) { WorkingDirectory = tools, RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string? FindTools()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "tests", "tools") is var tools && File.Exists(Path.Combine(tools, "wpapi-read.mjs"))) return tools;
        return null;
    }

    private static List<string> Texts(JsonNode? list) => [.. list!.AsArray().Select(t => t!.ToString())];

    public sealed class OnSqlite(SqliteSite site) : WpapiClientTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : WpapiClientTests(site), IClassFixture<PostgresSite>;
}
