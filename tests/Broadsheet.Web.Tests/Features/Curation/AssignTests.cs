using System.Net;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Curation.Outlets;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Curation;

/// <summary>A story of the wire is given to one of those who may curate, and found by them.</summary>
public abstract class AssignTests(BroadsheetSite site)
{
    private static int _stories;

    [Fact]
    public async Task A_story_that_is_given_stands_on_that_persons_front_desk_and_is_taken_back_by_undo()
    {
        using var giver = await StaffClient.SignInAsync(site, Role.Editor);
        using var getter = await StaffClient.SignInAsync(site, Role.Administrator);
        var story = await AddAsync("Given story");

        using var given = await GiveAsync(giver, story, getter.Id);

        Assert.Equal(getter.Id, await HasAsync(story));
        Assert.Contains("on their front desk", (await giver.OpenAsync($"/newsroom/wire/{story}/")).QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        var desk = await getter.OpenAsync("/newsroom/");
        Assert.Equal("Given story", desk.QuerySelector($"a[href='/newsroom/wire/{story}/']")!.TextContent);
        Assert.Contains("is yours", desk.QuerySelector("a[href='/newsroom/wire/?state=mine']")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await giver.OpenAsync("/newsroom/")).QuerySelector($"a[href='/newsroom/wire/{story}/']"));
        Assert.NotNull((await getter.OpenAsync("/newsroom/wire/?state=mine")).QuerySelector($"a[href='/newsroom/wire/{story}/']"));
        Assert.NotNull((await giver.OpenAsync($"/newsroom/wire/?with={getter.Id}")).QuerySelector($"a[href='/newsroom/wire/{story}/']"));
        Assert.Null((await giver.OpenAsync($"/newsroom/wire/?with={giver.Id}")).QuerySelector($"a[href='/newsroom/wire/{story}/']"));
        Assert.Null((await giver.OpenAsync("/newsroom/wire/?with=0")).QuerySelector($"a[href='/newsroom/wire/{story}/']"));

        // Taken on by the giver after all; undo gives it back to whom it was with.
        using var mine = await PostAsync(giver, story, []);
        Assert.Equal(giver.Id, await HasAsync(story));
        using var undone = await giver.SubmitAsync("/newsroom/wire/", [], form: ".notice form");
        Assert.Equal(getter.Id, await HasAsync(story));
        using var nobody = await GiveAsync(giver, story, null);
        Assert.Null(await HasAsync(story));
    }

    [Fact]
    public async Task Who_has_a_story_has_all_outlets_tellings_of_it_and_sees_it_once()
    {
        using var giver = await StaffClient.SignInAsync(site, Role.Editor);
        using var getter = await StaffClient.SignInAsync(site, Role.Administrator);
        var (story, telling, done) = (await AddAsync("Told by two"), await AddAsync("Told by two again"), await AddAsync("Told and dismissed"));
        await site.Writes.RunAsync((scope, ct) => scope.Db.WireItems.Where(w => w.Id == telling || w.Id == done).ExecuteUpdateAsync(set => set.SetProperty(w => w.GroupId, story).SetProperty(w => w.State, w => w.Id == done ? WireState.Dismissed : w.State), ct), CancellationToken.None);

        using var given = await GiveAsync(giver, story, getter.Id);

        Assert.Equal((getter.Id, getter.Id, (long?)null), (await HasAsync(story), await HasAsync(telling), await HasAsync(done)));
        var desk = await getter.OpenAsync("/newsroom/");
        Assert.Single(desk.QuerySelectorAll($"a[href='/newsroom/wire/{story}/'], a[href='/newsroom/wire/{telling}/']"));
        Assert.Contains("1 story is yours", desk.QuerySelector("a[href='/newsroom/wire/?state=mine']")!.TextContent, StringComparison.Ordinal);
        Assert.Single((await getter.OpenAsync("/newsroom/wire/?state=mine")).QuerySelectorAll("a.title"));
        using var undone = await giver.SubmitAsync("/newsroom/wire/", [], form: ".notice form");
        Assert.Equal(((long?)null, (long?)null), (await HasAsync(story), await HasAsync(telling)));
    }

    [Theory]
    [InlineData(Role.Reader, false)]
    [InlineData(Role.Contributor, false)]
    [InlineData(Role.Author, false)]
    [InlineData(Role.Moderator, false)]
    [InlineData(Role.Editor, true)]
    [InlineData(Role.Administrator, true)]
    public async Task Only_who_may_curate_is_offered_and_taken(Role role, bool may)
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        using var other = await StaffClient.AddAsync(site, role);
        var story = await AddAsync($"Story for a {role}");

        var offered = (await editor.OpenAsync($"/newsroom/wire/{story}/")).QuerySelector($"select[name=to] option[value='{other.Id}']") is not null;
        using var answer = await GiveAsync(editor, story, other.Id);

        Assert.Equal(may, offered);
        Assert.Equal(may ? other.Id : null, await HasAsync(story));
    }

    [Theory]
    [InlineData(Role.Author)]
    [InlineData(Role.Moderator)]
    public async Task Who_may_not_curate_gives_nothing(Role role)
    {
        using var person = await StaffClient.SignInAsync(site, role);
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var story = await AddAsync($"Story of nobody, {role}");
        var token = (await person.OpenAsync("/newsroom/")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var answer = await person.Browser.PostAsync($"/newsroom/wire/{story}/assign/", new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["deed"] = "give", ["to"] = $"{editor.Id}" });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(await HasAsync(story));
    }

    private static Task<HttpResponseMessage> GiveAsync(StaffClient by, long story, long? to) => PostAsync(by, story, [new("deed", "give"), new("to", $"{to}")]);

    private static async Task<HttpResponseMessage> PostAsync(StaffClient by, long story, IEnumerable<KeyValuePair<string, string?>> fields)
    {
        var form = (IHtmlFormElement)(await by.OpenAsync($"/newsroom/wire/{story}/")).QuerySelector("form.in-row")!;
        form.SetAttribute("action", $"/newsroom/wire/{story}/assign/");
        return await by.SendAsync(form, "/newsroom/wire/", fields);
    }

    private Task<long?> HasAsync(long story) => site.ReadAsync(db => db.WireItems.Where(w => w.Id == story).Select(w => w.AssignedTo).SingleAsync());

    private Task<long> AddAsync(string title) => site.Writes.RunAsync(async (scope, ct) =>
    {
        var key = $"assign-{Interlocked.Increment(ref _stories)}";
        var outlet = await OutletLedger.AddAsync(scope, EditOutlet.New($"Outlet of {title}", $"https://feeds.example/{key}", null, "en"), ct);
        await scope.FlushAsync(ct);
        var item = new WireItem { OutletId = outlet.Value, Key = key, Title = title, OutletName = "An outlet", PublishedAt = scope.Now, SeenAt = scope.Now };
        scope.Db.WireItems.Add(item);
        await scope.FlushAsync(ct);
        item.GroupId = item.Id;
        return item.Id;
    }, CancellationToken.None);

    public sealed class OnSqlite(SqliteSite site) : AssignTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : AssignTests(site), IClassFixture<PostgresSite>;
}
