using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests;

/// <summary>axe (WCAG 2.2 AA and its own best practices) finds nothing on any public page, light and dark, and no page is wider than a phone.</summary>
public sealed class AccessibilityTests(SampleSite site, Chromium chromium) : IClassFixture<SampleSite>
{
    /// <summary>The other orders of a discussion have the same marks: looked at in the full run.</summary>
    private static readonly string[] InFull = Suite.IsFull ? ["{lead}?order=newest", "{lead}?order=liked"] : [];

    public static TheoryData<string> Pages => new([.. InFull, "/", "/page/2/", "{lead}", "{lead}?thread=1", "/discussion/likes/?comment={comment}", "/discussion/report/?comment={comment}", "/discussion/notice/?comment={comment}", "/privacy/comments/", "/?s=ferry&in={article}", "{quiet}", "/category/harbour/", "/tag/ferries/", "/author/mara/", "/2026/", "/?s=ferry", "/?s=zzzz", "/nothing/", "/about/", "/follow/", "/follow/asked/", "{locked}", "{rtl}"]);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_has_nothing_that_axe_objects_to(string path)
    {
        await using var reader = await chromium.OpenAsync(site, 360);
        await reader.Page.GotoAsync(site.Path(path));
        await reader.AssertCleanAsync(path);
        Assert.Empty(reader.ForeignRequests);
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

        await reader.AssertCleanAsync("a form with a problem");
        Assert.Equal("Words to keep.", await reader.Page.InputValueAsync("#comment"));
    }

    [Fact]
    public async Task A_discussion_in_use_has_nothing_that_axe_objects_to()
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        var article = await site.PublishAsync("In use");
        var ids = await site.TalkAsync(article.Id, [null, 0, 1, .. Enumerable.Repeat<int?>(null, 10)]);
        await using var reader = await chromium.OpenAsync(site, 360);
        await reader.Page.GotoAsync($"{article.Path}#comment-{ids[2]}");
        await reader.Page.Locator($"#div-comment-{ids[1]} button[name=like]").ClickAsync();
        await reader.Page.Locator($"#comment-{ids[0]} > details > summary").ClickAsync();
        await reader.Page.Locator($"#div-comment-{ids[4]} a.comment-reply-link").ClickAsync();
        await reader.Page.FillAsync("#comment", "Words to look at.");
        await site.TalkAsync(article.Id, [null]);
        await reader.Page.Locator(".news button").WaitForAsync();
        await reader.AssertCleanAsync("in use");
        await reader.Page.FillAsync("#author", "Own Words");
        await reader.Page.FillAsync("#email", "own@example.org");
        await reader.Page.ClickAsync("button[name=preview]");
        await reader.Page.Locator("#preview").WaitForAsync();
        await reader.AssertCleanAsync("preview");
        await reader.Page.FillAsync("#comment", "Words in use.");
        await reader.Page.WaitForTimeoutAsync(2_100);
        await reader.Page.ClickAsync("#submit");
        await reader.Page.GetByText("Edit", new() { Exact = true }).Last.ClickAsync();
        await reader.AssertCleanAsync("edit");
        await reader.Page.GotoAsync(reader.Page.Url.Replace("/edit/", "/delete/", StringComparison.Ordinal));
        await reader.AssertCleanAsync("delete");
    }

    [Fact]
    public async Task What_the_staff_says_beside_a_discussion_has_nothing_that_axe_objects_to()
    {
        await site.SetAsync(p => p with { Guidelines = "Be *kind*.\n\n- Stay on the [subject](/)\n- Quote what you answer", Announcement = "The council votes today: [follow it](/)." });
        await using var reader = await chromium.OpenAsync(site, 360);
        await reader.Page.GotoAsync(site.Path("{lead}"));
        await reader.Page.Locator("#respond details.guidelines > summary").ClickAsync();
        await reader.AssertCleanAsync("guidelines and announcement");
        await reader.Page.GotoAsync("/discussion/guidelines/");
        await reader.AssertCleanAsync("guidelines");
        await site.SetAsync(p => p with { Guidelines = "", Announcement = "" });
    }

    [Fact]
    public async Task What_somebody_reported_has_nothing_that_axe_objects_to()
    {
        await using var reader = await chromium.OpenAsync(site, 360);
        var person = await site.ReadAsync(db => Task.FromResult(db.Users.First(p => p.Role == Role.Administrator).Id));
        await reader.Page.GotoAsync(await StaffClient.LinkAsync(site, person));
        await reader.Page.Locator("form button").First.ClickAsync();
        await reader.Page.GotoAsync(site.Path("/discussion/report/?comment={comment}"));
        await reader.Page.CheckAsync("#reason-spam");
        await reader.Page.CheckAsync("#answer");
        await reader.AssertCleanAsync("a report that asks for an answer");
        await reader.Page.Locator("form.task button").First.ClickAsync();
        await reader.Page.GotoAsync("/account/reports/");
        Assert.Contains("You will be mailed.", await reader.Page.InnerTextAsync("ol.own"), StringComparison.Ordinal);
        await reader.AssertCleanAsync("/account/reports/");
    }

    /// <summary>The newsroom's pages, as its administrator sees them.</summary>
    public static readonly IReadOnlyList<string> Newsroom =
    [
        "/newsroom/", "/newsroom/articles/", "/newsroom/articles/new/", "/newsroom/pages/", "/newsroom/categories/", "/newsroom/tags/", "/newsroom/redirects/", "/newsroom/wire/", "/newsroom/wire/nominate/", "/newsroom/wire/originals/", "/newsroom/outlets/", "/newsroom/outlets/import/",
        "/newsroom/comments/", "/newsroom/comments/bans/", "/newsroom/comments/notices/", "/newsroom/corrections/", "/newsroom/media/", "/newsroom/media/?show=trash", "/newsroom/statistics/", "/newsroom/settings/", "/newsroom/settings/screening/",
        "/newsroom/appearance/", "/newsroom/menu/", "/newsroom/people/", "/newsroom/import/", "/newsroom/running/", "/newsroom/running/log/",
    ];

    [Fact]
    public async Task The_newsroom_has_nothing_that_axe_objects_to()
    {
        await using var reader = await chromium.OpenAsync(site, 1280);
        var person = await site.ReadAsync(db => Task.FromResult(db.Users.First(p => p.Role == Role.Administrator).Id));
        await reader.Page.GotoAsync(await StaffClient.LinkAsync(site, person));
        await reader.Page.Locator("form button").First.ClickAsync();
        foreach (var path in Newsroom)
        {
            await reader.Page.GotoAsync(path);
            await reader.AssertCleanAsync(path);
        }
    }
}

/// <summary>The sample publication, with an article behind a password and one in a right-to-left script.</summary>
public sealed class SampleSite : SqliteSite
{
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);

    /// <summary>A path, with what stands for the names in braces.</summary>
    public string Path(string path) => _paths.Aggregate(path, (text, name) => text.Replace(name.Key, name.Value, StringComparison.Ordinal));

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
        var comment = (await reader.OpenAsync(links[0])).QuerySelector(".comment-list li.comment")!;
        _paths["{comment}"] = comment.Id!["comment-".Length..];
        _paths["{article}"] = comment.Owner!.GetElementById("comments")!.GetAttribute("data-article")!;
        await IndexAsync();
    }
}
