using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Playwright;
using NetVips;

namespace Broadsheet.Browser.Tests;

/// <summary>Somebody gives themselves a picture on a phone: with script they choose the square of it, without they name a part.</summary>
public sealed class AccountJourneyTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    [Fact]
    public async Task Without_script_the_chosen_part_of_a_picture_stands_beside_the_comment()
    {
        await using var ann = await SignInAsync(script: false);
        var article = await site.PublishAsync("Pictured without script");
        await CommentAsync(ann, article);

        await ann.Page.Locator("p.signed-in a").ClickAsync();
        await Assertions.Expect(ann.Page.Locator("h1")).ToHaveTextAsync("Your account");
        await ann.Page.Locator("#f-picture").SetInputFilesAsync(File("me.png", Wide()));
        await ann.Page.GetByLabel("The bottom, or the right").CheckAsync();
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Use this picture" }).ClickAsync();

        await Assertions.Expect(ann.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("This is your picture now");
        Assert.Equal('b', Colour(await PictureAsync(ann, "img.picture")));
        await ann.Page.GotoAsync(article.Path);
        Assert.Equal('b', Colour(await PictureAsync(ann, ".comment-list img.avatar")));
        await ann.Page.GotoAsync("/account/");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Remove my picture" }).ClickAsync();
        await Assertions.Expect(ann.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("removed");
        Assert.Empty(ann.ForeignRequests);
    }

    [Fact]
    public async Task With_script_a_square_is_chosen_by_keys_and_by_dragging()
    {
        await using var ann = await SignInAsync(script: true);
        var troubles = new List<string>();
        ann.Page.Console += (_, said) => { if (said.Type is "error" or "warning") troubles.Add(said.Text); };
        await ann.Page.GotoAsync("/account/");
        await ann.AssertCleanAsync("account");
        await ann.Page.Locator("#f-picture").SetInputFilesAsync(File("me.png", Wide()));
        await ann.Page.Locator(".crop canvas").WaitForAsync();
        await Assertions.Expect(ann.Page.Locator("fieldset.part")).ToBeHiddenAsync();

        // As far left as it goes: red. A wide picture has no room above or below until one comes closer.
        await Assertions.Expect(ann.Page.GetByLabel("Top to bottom")).ToBeDisabledAsync();
        await ann.Page.GetByLabel("Left to right").PressAsync("Home");
        Assert.Equal("0 0 300", await SquareAsync(ann));
        await ann.Page.GetByLabel("Closer").FocusAsync();
        for (var i = 0; i < 100; i++) await ann.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("0 75 150", await SquareAsync(ann));
        await ann.AssertCleanAsync("crop");

        // The picture is pulled to the left by half the circle, so that what lies to the right comes in.
        var box = (await ann.Page.Locator(".crop canvas").BoundingBoxAsync())!;
        await ann.Page.Mouse.MoveAsync(box.X + box.Width * 0.75f, box.Y + box.Height / 2);
        await ann.Page.Mouse.DownAsync();
        for (var i = 1; i <= 40; i++) await ann.Page.Mouse.MoveAsync(box.X + box.Width * (0.75f - 0.5f * i / 40), box.Y + box.Height / 2);
        await ann.Page.Mouse.UpAsync();
        var x = int.Parse((await SquareAsync(ann)).Split(' ')[0]);
        Assert.InRange(x, 70, 80);
        await ann.Page.GetByLabel("Left to right").PressAsync("End");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Use this picture" }).ClickAsync();

        await Assertions.Expect(ann.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("This is your picture now");
        Assert.Equal('b', Colour(await PictureAsync(ann, "img.picture")));
        await ann.AssertCleanAsync("done");
        await ann.Page.Locator("#f-picture").SetInputFilesAsync(File("notes.png", "only words"u8.ToArray()));
        await Assertions.Expect(ann.Page.Locator("fieldset.part")).ToBeVisibleAsync();
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Change my picture" }).ClickAsync();
        await Assertions.Expect(ann.Page.Locator(".problem")).ToContainTextAsync("no picture");
        await ann.AssertCleanAsync("problem");
        // The refused form is answered with a 422, which browsers note.
        Assert.All(troubles, t => Assert.Contains("422", t, StringComparison.Ordinal));
        Assert.Empty(ann.ForeignRequests);
    }

    [Fact]
    public async Task Beside_a_comment_and_among_those_who_like_the_picture_has_nothing_that_axe_objects_to()
    {
        await using var ann = await SignInAsync(script: true);
        var article = await site.PublishAsync("Pictured with script");
        await CommentAsync(ann, article);
        await Assertions.Expect(ann.Page.Locator("p.signed-in a")).ToHaveAttributeAsync("href", "/account/");
        await ann.Page.RunAndWaitForResponseAsync(() => ann.Page.Locator(".comment-list button[name=like]").First.ClickAsync(), r => r.Url.Contains("likes", StringComparison.Ordinal));
        await ann.Page.GotoAsync("/account/");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Name me", Exact = true }).ClickAsync();
        await ann.Page.Locator("#f-picture").SetInputFilesAsync(File("me.png", Wide()));
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Use this picture" }).ClickAsync();
        await Assertions.Expect(ann.Page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();

        await Eventually.SeesAsync(async () => { await ann.Page.GotoAsync(article.Path); return await ann.Page.Locator(".comment-list img.avatar").CountAsync() == 1; });
        await ann.AssertCleanAsync("thread");
        await ann.Page.Locator(".comment-list a.likes").ClickAsync();
        await Assertions.Expect(ann.Page.Locator(".likers img.avatar")).ToHaveCountAsync(1);
        await ann.AssertCleanAsync("likes");
    }

    private async Task<Reader> SignInAsync(bool script)
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        using var person = await StaffClient.AddAsync(site, Role.Reader);
        var reader = await chromium.OpenAsync(site, 360, script);
        await reader.Page.GotoAsync(await StaffClient.LinkAsync(site, person.Id));
        await reader.Page.Locator("form button").First.ClickAsync();
        return reader;
    }

    private static async Task CommentAsync(Reader reader, PublishedArticle article)
    {
        await reader.Page.GotoAsync(article.Path);
        await reader.Page.FillAsync("#comment", $"Was the ferry late again? {article.Id}");
        if (await reader.Page.Locator("#author").CountAsync() > 0) await reader.Page.Locator("p.signed-in").WaitForAsync();
        await reader.Page.WaitForTimeoutAsync(2_100);
        await reader.Page.ClickAsync("#submit");
        await Assertions.Expect(reader.Page.Locator(".comment-list .comment-text")).ToHaveCountAsync(1);
    }

    /// <summary>x, y and size, as they would be sent.</summary>
    private static Task<string> SquareAsync(Reader reader) => reader.Page.EvaluateAsync<string>("() => ['x', 'y', 'size'].map((n) => document.querySelector(`.crop [name=${n}]`).value).join(' ')");

    private static async Task<byte[]> PictureAsync(Reader reader, string selector) =>
        await (await reader.Page.APIRequest.GetAsync(new Uri(new Uri(reader.Page.Url), await reader.Page.Locator(selector).First.GetAttributeAsync("src")).AbsoluteUri)).BodyAsync();

    private static FilePayload File(string name, byte[] content) => new() { Name = name, MimeType = "image/png", Buffer = content };

    /// <summary>900 by 300 pixels: red, green, blue from left to right.</summary>
    private static byte[] Wide()
    {
        using var row = Image.NewFromArray(new double[,] { { 255, 0, 0 } });
        using var green = Image.NewFromArray(new double[,] { { 0, 255, 0 } });
        using var blue = Image.NewFromArray(new double[,] { { 0, 0, 255 } });
        using var three = row.Bandjoin(green, blue);
        using var large = three.Zoom(300, 300);
        using var bytes = large.Cast(Enums.BandFormat.Uchar);
        using var coloured = bytes.Copy(interpretation: Enums.Interpretation.Srgb);
        return coloured.PngsaveBuffer();
    }

    private static char Colour(byte[] drawn)
    {
        using var image = Image.NewFromBuffer(drawn);
        var average = Enumerable.Range(0, 3).Select(b => image[b].Avg()).ToArray();
        return average.Max() > 200 ? "rgb"[Array.IndexOf(average, average.Max())] : '?';
    }
}
