using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Newsroom;

/// <summary>Each role at each door and each deed: what the page offers is one thing, what the server does is tested here.</summary>
public abstract class RoleTests(BroadsheetSite site)
{
    private const string All = "Contributor Author Editor Moderator Administrator";
    private const string Writers = "Contributor Author Editor Administrator";

    [Theory]
    [InlineData("/newsroom/", All)]
    [InlineData("/newsroom/articles/", Writers)]
    [InlineData("/newsroom/articles/new/", Writers)]
    [InlineData("/newsroom/pages/", "Editor Administrator")]
    [InlineData("/newsroom/pages/new/", "Editor Administrator")]
    [InlineData("/newsroom/media/", "Author Editor Administrator")]
    [InlineData("/newsroom/comments/", "Editor Moderator Administrator")]
    [InlineData("/newsroom/wire/", "Editor Administrator")]
    [InlineData("/newsroom/wire/nominate/", Writers)]
    [InlineData("/newsroom/outlets/", "Editor Administrator")]
    [InlineData("/newsroom/settings/", "Administrator")]
    public async Task A_door_opens_for_its_roles(string door, string roles)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            using var person = await StaffClient.AddAsync(site, role);
            using var signIn = await person.SubmitAsync(await StaffClient.LinkAsync(site, person.Id), []);
            using var answer = await person.GetAsync(door);

            var expected = roles.Split(' ').Contains(role.ToString()) ? HttpStatusCode.OK : role == Role.Reader ? HttpStatusCode.Found : HttpStatusCode.Forbidden;
            Assert.True(expected == answer.StatusCode, $"{role} at {door}: {answer.StatusCode}");
            if (answer.IsSuccessStatusCode) Assert.Equal("no-store, private", answer.Headers.CacheControl?.ToString());
        }
    }

    [Theory]
    [InlineData("/newsroom/articles/new/")]
    [InlineData("/newsroom/settings/")]
    [InlineData("/newsroom/comments/?show=spam")]
    public async Task A_guest_is_sent_to_sign_in_and_back(string door)
    {
        using var reader = site.NewReader();

        using var answer = await reader.GetAsync(door);

        Assert.Equal($"/account/sign-in/?returnUrl={Uri.EscapeDataString(door)}", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    // On one's own draft, on another's draft, on one's own published article, on another's published article.
    [InlineData(Role.Contributor, "draft", "yes no no no")]
    [InlineData(Role.Contributor, "publish", "no no no no")]
    [InlineData(Role.Contributor, "schedule", "no no no no")]
    [InlineData(Role.Contributor, "trash", "yes no no no")]
    [InlineData(Role.Author, "draft", "yes no yes no")]
    [InlineData(Role.Author, "publish", "yes no yes no")]
    [InlineData(Role.Author, "trash", "yes no yes no")]
    [InlineData(Role.Editor, "draft", "yes yes yes yes")]
    [InlineData(Role.Editor, "publish", "yes yes yes yes")]
    [InlineData(Role.Editor, "trash", "yes yes yes yes")]
    [InlineData(Role.Moderator, "draft", "no no no no")]
    [InlineData(Role.Moderator, "trash", "no no no no")]
    [InlineData(Role.Administrator, "publish", "yes yes yes yes")]
    public async Task A_deed_takes_its_right(Role role, string deed, string allowed)
    {
        using var person = await StaffClient.SignInAsync(site, role);
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        var cases = new[] { (Own: true, Public: false), (Own: false, Public: false), (Own: true, Public: true), (Own: false, Public: true) };
        foreach (var ((own, isPublic), expected) in cases.Zip(allowed.Split(' ')))
        {
            var id = await admin.WriteAsync($"{role} {deed} {own} {isPublic}", isPublic ? "publish" : "draft", new KeyValuePair<string, string?>("author", $"{(own ? person.Id : admin.Id)}"));
            var before = await StandingOf(id);
            var token = (await person.OpenAsync("/newsroom/")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            // Straight at the server, as if the page had offered it.
            using var answer = await person.Browser.PostAsync(deed == "trash" ? $"/newsroom/articles/{id}/trash/" : $"/newsroom/articles/{id}/",
                [new("__RequestVerificationToken", token), new("title", "Changed"), new("body", "Changed."), new("deed", deed), new("date", deed == "schedule" ? "2099-01-01T00:00" : ""), new("author", $"{(own ? person.Id : admin.Id)}"), new("modified", before.Modified)]);

            var after = await StandingOf(id);
            var label = $"{role} {deed} own={own} public={isPublic}: {(int)answer.StatusCode}, {before.Status} → {after.Status}";
            if (expected == "yes") Assert.True(answer.StatusCode == HttpStatusCode.Found && (deed == "trash" ? after.Status == ArticleStatus.Trashed : after.Title == "Changed"), label);
            else Assert.True(answer.StatusCode == HttpStatusCode.Forbidden && after == before, label);
        }
    }

    [Fact]
    public async Task A_contributor_signs_with_their_own_name_only()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        using var person = await StaffClient.SignInAsync(site, Role.Contributor);

        var id = await person.WriteAsync("By whom", "review", new("author", $"{admin.Id}"), new("sticky", "1"), new("new_category", "Made up"));

        var article = await site.ReadAsync(db => db.Articles.SingleAsync(a => a.Id == id));
        Assert.Equal((person.Id, ArticleStatus.InReview, false), (article.AuthorId, article.Status, article.IsSticky));
        Assert.False(await site.ReadAsync(db => db.Terms.AnyAsync(t => t.Name == "Made up")));
    }

    [Fact]
    public async Task A_contributor_does_not_see_what_others_write()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        using var person = await StaffClient.SignInAsync(site, Role.Contributor);
        var id = await admin.WriteAsync("Not for all eyes yet", "draft");

        Assert.DoesNotContain("Not for all eyes yet", await person.Browser.ReadAsync($"/newsroom/articles/?author={admin.Id}"));
        foreach (var path in new[] { $"/newsroom/articles/{id}/", $"/newsroom/articles/{id}/revisions/" })
        {
            using var answer = await person.GetAsync(path);
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        }
    }

    private Task<(ArticleStatus Status, string Title, string Modified)> StandingOf(long id) => site.ReadAsync(async db =>
    {
        var a = await db.Articles.SingleAsync(x => x.Id == id);
        return (a.Status, a.Title, a.ModifiedAt.ToUnixTimeMilliseconds().ToString());
    });

    public sealed class OnSqlite(SqliteSite site) : RoleTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : RoleTests(site), IClassFixture<PostgresSite>;
}
