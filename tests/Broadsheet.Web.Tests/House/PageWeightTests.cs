using System.IO.Compression;
using System.Text.RegularExpressions;
using Broadsheet.Web.Hosting;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;
using Broadsheet.Web.Theming;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.House;

/// <summary>What a public article page brings besides its words (design §7), in every theme that is shipped. Today: 12,384 bytes of script (the worker of a sum included), 7,454 of styles.</summary>
public sealed partial class PageWeightTests(SqliteSite site) : IClassFixture<SqliteSite>
{
    private const int Budget = 15 << 10;

    public static TheoryData<string> Themes => [.. ThemeStore.FoldersIn(Path.Combine(Site.ProgramFolder, "themes")).Select(t => t.Id)];

    [Theory]
    [MemberData(nameof(Themes))]
    public async Task Script_and_styles_of_an_article_with_a_discussion_weigh_15_KB_each_at_most(string theme)
    {
        await site.SetAsync(p => p with { Theme = theme });
        var article = await site.PublishAsync("Weighed");
        await site.TalkAsync(article.Id, null, 0, null);
        using var reader = site.NewReader();
        var page = await reader.ReadAsync(article.Path);

        var worker = site.App.Services.GetRequiredService<AssetAddresses>().Worker;
        // All that the page names; and who writes under attack works out a sum, by a script that is named then.
        var files = Files().Matches(page).Select(m => m.Value).Append(worker).Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains(files, f => f.StartsWith("/assets/site.js", StringComparison.Ordinal));
        Assert.Contains(files, f => f.Contains("site.css", StringComparison.Ordinal));
        var (script, styles) = (0, 0);
        foreach (var file in files)
        {
            var text = await reader.ReadAsync(file);
            // What would load more than the page names.
            Assert.DoesNotMatch(@"@import|\bimport\s*[({'""]", text);
            if (file.Contains(".css", StringComparison.Ordinal)) styles += await WeightAsync(reader, file);
            else script += await WeightAsync(reader, file);
        }
        TestContext.Current.SendDiagnosticMessage($"{theme}: {script:N0} bytes of script, {styles:N0} of styles");
        Assert.True(script <= Budget, $"{script:N0} bytes of script, compressed");
        Assert.True(styles <= Budget, $"{styles:N0} bytes of styles, compressed");
    }

    [Fact]
    public void No_page_of_a_theme_brings_script_or_styles_from_elsewhere()
    {
        foreach (var (_, folder) in ThemeStore.FoldersIn(Path.Combine(Site.ProgramFolder, "themes")))
            foreach (var file in Directory.EnumerateFiles(folder, "*.liquid", SearchOption.AllDirectories))
                Assert.DoesNotMatch(@"<(script[^>]*\bsrc|link[^>]*stylesheet[^>]*\bhref)=""https?:", File.ReadAllText(file));
    }

    private static async Task<int> WeightAsync(ReaderClient reader, string file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(file, UriKind.Relative));
        request.Headers.Add("Accept-Encoding", "gzip");
        using var answer = await reader.Http.SendAsync(request);
        Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        await using var whole = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        Assert.True(whole.ReadByte() >= 0);
        return bytes.Length;
    }

    /// <summary>In whatever attribute they are named.</summary>
    [GeneratedRegex(@"/assets/[^""'\s<>]+\.(js|css)(\?v=[0-9a-f]+)?", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Files();
}
