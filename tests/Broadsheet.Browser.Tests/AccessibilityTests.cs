using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests;

/// <summary>axe (WCAG 2.2 AA and its own best practices) finds nothing on any public page, light and dark, and no page is wider than a phone.</summary>
public sealed class AccessibilityTests(SampleSite site, Chromium chromium) : IClassFixture<SampleSite>
{
    private static readonly AxeRunOptions Rules = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } };

    public static TheoryData<string> Pages => new("/", "/page/2/", "{lead}", "{quiet}", "/category/harbour/", "/tag/ferries/", "/author/mara/", "/2026/", "/?s=ferry", "/?s=zzzz", "/nothing/", "/about/", "{locked}", "{rtl}");

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_has_nothing_that_axe_objects_to(string path)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var reader = await chromium.OpenAsync(site, 360, scheme: scheme);
            await reader.Page.GotoAsync(site.Path(path));

            var result = await reader.Page.RunAxe(Rules);

            Assert.True(result.Violations.Length == 0, $"{path} {scheme}: {string.Join("; ", result.Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}"))}");
            Assert.True(await reader.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{path} is wider than the phone.");
            Assert.Empty(reader.ForeignRequests);
        }
    }

    [Fact]
    public async Task A_form_with_a_problem_has_nothing_that_axe_objects_to()
    {
        await using var reader = await chromium.OpenAsync(site, 360, script: true);
        await reader.Page.GotoAsync(site.Path("{lead}"));
        await reader.Page.EvaluateAsync("() => document.getElementById('commentform').noValidate = true");
        await reader.Page.FillAsync("#comment", "Words to keep.");
        await reader.Page.ClickAsync("#submit");
        await reader.Page.WaitForSelectorAsync("#form-problem");

        var result = await reader.Page.RunAxe(Rules);

        Assert.True(result.Violations.Length == 0, string.Join("; ", result.Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}")));
        Assert.Equal("Words to keep.", await reader.Page.InputValueAsync("#comment"));
    }

    [Fact]
    public async Task The_newsroom_has_nothing_that_axe_objects_to()
    {
        await using var reader = await chromium.OpenAsync(site, 1280);
        var person = await site.ReadAsync(db => Task.FromResult(db.Users.First(p => p.Role == Role.Administrator).Id));
        await reader.Page.GotoAsync(await StaffClient.LinkAsync(site, person));
        await reader.Page.Locator("form button").First.ClickAsync();
        foreach (var path in new[] { "/newsroom/", "/newsroom/articles/", "/newsroom/articles/new/", "/newsroom/comments/", "/newsroom/media/", "/newsroom/settings/" })
        {
            await reader.Page.GotoAsync(path);
            var result = await reader.Page.RunAxe(Rules);
            Assert.True(result.Violations.Length == 0, $"{path}: {string.Join("; ", result.Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}"))}");
        }
    }
}

/// <summary>The sample publication, with an article behind a password and one in a right-to-left script.</summary>
public sealed class SampleSite : SqliteSite
{
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);

    /// <summary>A path, or the article that stands for a name in braces.</summary>
    public string Path(string path) => _paths.TryGetValue(path, out var found) ? found : path;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Microsoft.Extensions.DependencyInjection.ActivatorUtilities.CreateInstance<Web.Features.Demo.SamplePublication>(App.Services).FillAsync(CancellationToken.None);
        _paths["{locked}"] = (await PublishAsync(new ArticleEdit("Behind a password", "Secret.", BodyFormat.Markdown) { Status = ArticleStatus.Published, Password = "x", PublishedAt = new DateTimeOffset(2020, 1, 1, 8, 0, 0, TimeSpan.Zero) })).Path;
        _paths["{rtl}"] = (await PublishAsync(new ArticleEdit("عودة العبّارة", "<p dir=\"rtl\" lang=\"ar\">تعود العبّارة يوم الاثنين.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, PublishedAt = new DateTimeOffset(2020, 1, 2, 8, 0, 0, TimeSpan.Zero) })).Path;
        using var reader = NewReader();
        var home = await reader.OpenAsync("/");
        var links = home.QuerySelectorAll(".entry-title a").Select(a => a.GetAttribute("href")!).ToList();
        (_paths["{lead}"], _paths["{quiet}"]) = (links[0], links[3]);
        await IndexAsync();
    }
}
