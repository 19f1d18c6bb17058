using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Setup;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Setup;

/// <summary>Each test takes a publication from its beginning, so that each has one of its own.</summary>
public abstract class SetUpTests : IAsyncLifetime
{
    protected abstract BroadsheetSite NewSite();

    private BroadsheetSite Site { get; set; } = null!;

    public async ValueTask InitializeAsync() => await (Site = NewSite()).InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_empty_publication_becomes_someones_own_by_a_link_that_works_once()
    {
        var link = await OfferAsync();
        using var browser = new StaffClient(Site, 0, "");
        using var reader = Site.NewReader();
        using var before = await reader.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        using var wrong = await browser.SubmitAsync(link!, [.. Wish, new("zone", "Mars/Olympus"), new("email", "not an address")]);
        using var right = await browser.SubmitAsync(link!, Wish);
        using var again = await browser.GetAsync(link!);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var page = await StaffClient.PageOf(wrong);
        Assert.NotNull(page.QuerySelector("#f-zone-problem"));
        Assert.NotNull(page.QuerySelector("#f-email-problem"));
        Assert.Equal("The Harbour Ledger", page.QuerySelector("#f-title")!.GetAttribute("value"));
        Assert.Equal("/newsroom/", right.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        var desk = await browser.Browser.ReadAsync("/newsroom/");
        Assert.Contains("Settings", desk);
        Assert.Contains("The Harbour Ledger", await reader.ReadAsync("/"));
        var person = await Site.ReadAsync(db => db.Users.SingleAsync());
        Assert.Equal((Role.Administrator, "Mara Quist", "mara@example.org"), (person.Role, person.DisplayName, person.Email));
        Assert.Null(await OfferAsync());
    }

    [Fact]
    public async Task Who_begins_with_an_import_is_led_to_it()
    {
        using var browser = new StaffClient(Site, 0, "");
        using var done = await browser.SubmitAsync((await OfferAsync())!, [.. Wish, new("begin", "import")]);
        Assert.Equal("/newsroom/import/", done.Headers.Location?.OriginalString);
        Assert.NotNull((await browser.OpenAsync("/newsroom/import/")).QuerySelector("form.upload input[type=file]"));
    }

    [Fact]
    public async Task A_newer_link_ends_the_older_one()
    {
        var older = await OfferAsync();
        var newer = await OfferAsync();
        using var reader = Site.NewReader();

        using var first = await reader.GetAsync(older!);
        using var second = await reader.GetAsync(newer!);

        Assert.Equal(HttpStatusCode.NotFound, first.StatusCode);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Fact]
    public async Task No_link_is_offered_where_there_is_an_administrator()
    {
        var early = await OfferAsync();
        using var admin = await StaffClient.AddAsync(Site, Role.Administrator);
        using var reader = Site.NewReader();

        using var answer = await reader.GetAsync(early!);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Null(await OfferAsync());
    }

    [Fact]
    public async Task A_time_zone_is_chosen_not_left_over()
    {
        var link = await OfferAsync();
        using var browser = new StaffClient(Site, 0, "");
        var page = await browser.OpenAsync(link!);
        Assert.Equal("", page.QuerySelector("select[name=zone] option[selected]")!.GetAttribute("value"));

        using var answer = await browser.SubmitAsync(link!, [.. Wish, new("zone", "")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Choose a time zone", (await StaffClient.PageOf(answer)).QuerySelector("#f-zone-problem")!.TextContent);
    }

    private static KeyValuePair<string, string?>[] Wish =>
        [new("title", "The Harbour Ledger"), new("tagline", "News from the quay"), new("language", "en-GB"), new("zone", "Europe/Berlin"), new("name", "Mara Quist"), new("email", "mara@example.org"), new("password", "four plain words here")];

    private Task<string?> OfferAsync() => SetupLink.OfferAsync(Site.Engine, Site.App.Services.GetRequiredService<PublicationStore>(), Site.Writes, CancellationToken.None);

    public sealed class OnSqlite : SetUpTests
    {
        protected override BroadsheetSite NewSite() => new SqliteSite();
    }

    public sealed class OnPostgres : SetUpTests
    {
        protected override BroadsheetSite NewSite() => new PostgresSite();
    }
}
