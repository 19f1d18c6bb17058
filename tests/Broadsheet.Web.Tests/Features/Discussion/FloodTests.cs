using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Discussion;

/// <summary>Fifteen seconds between two comments of one address, one person or one e-mail address (WordPress: 429); moderators write on.</summary>
public abstract class FloodTests(BroadsheetSite site) : IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        await site.StartAsync("--Limits:ExemptNetworks=", "--Hosting:TrustedProxies=127.0.0.1");
        await site.SetAsync(p => p with { HoldFirst = false });
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return site.DisposeAsync();
    }

    [Fact]
    public async Task A_second_comment_from_the_same_address_has_to_wait_and_is_told_how_long()
    {
        var article = await site.PublishAsync("Too quick");
        using var reader = site.NewReader();
        using var first = await reader.CommentAsync(article.Path, "First.");
        using var other = site.NewReader();

        using var second = await other.CommentAsync(article.Path, "Second, just <after>.", "Bea Reader", "bea@example.org");

        Assert.Equal(HttpStatusCode.Found, first.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 15);
        var page = await StaffClient.PageOf(second);
        Assert.Contains("please wait a little", page.QuerySelector("#form-problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Second, just <after>.", page.QuerySelector("#comment")!.TextContent);
    }

    [Theory]
    [InlineData("ann@example.org", HttpStatusCode.TooManyRequests)]
    [InlineData("ANN@example.org", HttpStatusCode.TooManyRequests)]
    [InlineData("bea@example.org", HttpStatusCode.Found)]
    public async Task From_another_address_the_writers_own_address_counts(string email, HttpStatusCode status)
    {
        var article = await site.PublishAsync("From elsewhere");
        using var home = From("203.0.113.7");
        using var work = From("198.51.100.9");
        using var first = await home.CommentAsync(article.Path, "From home.");

        using var second = await work.CommentAsync(article.Path, "From work.", email: email);

        Assert.Equal(HttpStatusCode.Found, first.StatusCode);
        Assert.Equal(status, second.StatusCode);
    }

    [Fact]
    public async Task A_person_who_is_signed_in_counts_wherever_they_are()
    {
        var article = await site.PublishAsync("Signed in");
        using var author = await StaffClient.SignInAsync(site, Role.Contributor);
        author.Browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        using var first = await author.Browser.CommentAsync(article.Path, "From home.");
        author.Browser.Http.DefaultRequestHeaders.Remove("X-Forwarded-For");
        author.Browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.9");

        using var second = await author.Browser.CommentAsync(article.Path, "From work.");

        Assert.Equal(HttpStatusCode.Found, first.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
    }

    [Fact]
    public async Task A_moderator_writes_on()
    {
        var article = await site.PublishAsync("Staff at work");
        using var moderator = await StaffClient.SignInAsync(site, Role.Moderator);

        for (var i = 0; i < 3; i++)
        {
            using var answer = await moderator.Browser.CommentAsync(article.Path, $"Answer {i}.");
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        }
    }

    private ReaderClient From(string address)
    {
        var reader = site.NewReader();
        reader.Http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return reader;
    }

    public sealed class OnSqlite() : FloodTests(new SqliteSite());

    public sealed class OnPostgres() : FloodTests(new PostgresSite());
}
