using System.Net;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>The same few words under many articles.</summary>
public abstract class ShortRepeatsTests(BroadsheetSite site) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await site.SetAsync(p => new Publication { Secret = p.Secret, Title = p.Title, HoldFirst = false, FloodSeconds = 0, HoldLinks = 0, CheckModes = new() { ["repeats"] = CheckMode.Act } });

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task One_writer_sends_them_once_and_many_may_thank()
    {
        var (one, two) = (await site.PublishAsync("Short, one"), await site.PublishAsync("Short, two"));
        using var person = await StaffClient.SignInAsync(site, Role.Reader);

        Assert.Equal(Standing.Shown, await SayAsync(site.NewReader(), one, "Great post, visit us!", "spam@example.org"));
        Assert.Equal(Standing.Held, await SayAsync(site.NewReader(), two, "GREAT post… visit us", "spam+again@example.org"));
        Assert.Equal(Standing.Shown, await SayAsync(site.NewReader(), two, "Great post, I visit you!", "spam@example.org"));
        Assert.Equal(Standing.Shown, await SayAsync(person.Browser, one, "Thanks for this piece!", ""));
        Assert.Equal(Standing.Held, await SayAsync(person.Browser, two, "Thanks for this piece.", ""));
        for (var i = 0; i < 5; i++) Assert.Equal(Standing.Shown, await SayAsync(site.NewReader(), i % 2 == 0 ? one : two, "Thank you very much!", $"thanks{i}@example.org"));
        Assert.Equal(Standing.Shown, await SayAsync(person.Browser, one, "Agreed.", ""));
        Assert.Equal(Standing.Shown, await SayAsync(person.Browser, two, "Agreed.", ""));
    }

    [Fact]
    public async Task With_a_link_they_count_whoever_sends_them()
    {
        var (one, two) = (await site.PublishAsync("Linked, one"), await site.PublishAsync("Linked, two"));

        Assert.Equal(Standing.Shown, await SayAsync(site.NewReader(), one, "Look here: https://shop.example/", "ann.linked@example.org"));
        Assert.Equal(Standing.Held, await SayAsync(site.NewReader(), two, "Look here: https://shop.example/", "bob.linked@example.org"));
    }

    private async Task<Standing> SayAsync(ReaderClient reader, PublishedArticle article, string words, string email)
    {
        using var posted = await reader.CommentAsync(article.Path, words, "Somebody", email);
        Assert.Equal(HttpStatusCode.Found, posted.StatusCode);
        var id = long.Parse(posted.Headers.Location!.OriginalString.Split("#comment-")[1]);
        return await site.ReadAsync(db => db.Comments.Where(c => c.Id == id).Select(c => c.Standing).SingleAsync());
    }

    public sealed class OnSqlite(SqliteSite site) : ShortRepeatsTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : ShortRepeatsTests(site), IClassFixture<PostgresSite>;
}
