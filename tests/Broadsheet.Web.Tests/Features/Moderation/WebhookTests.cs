using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Features.Moderation.Webhook;
using Broadsheet.Web.Tests.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>The operator's own server: asked by a signed request where nothing else has decided; late or broken, it has no opinion.</summary>
public abstract class WebhookTests(BroadsheetSite site) : IAsyncLifetime
{
    private const string Secret = "the newest secret of all";
    private const string OldSecret = "the secret before it";

    private readonly ConcurrentQueue<(string Timestamp, string Signature, byte[] Body)> _asked = new();
    private WebApplication _server = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapPost("/screen", AnswerAsync);
        await _server.StartAsync();
        await site.StopAsync();
        await site.StartAsync($"--Screening:Webhook:Url={_server.Urls.First()}/screen", $"--Screening:Webhook:Secret={Secret}", $"--Screening:Webhook:OldSecrets={OldSecret}", "--Screening:Webhook:TimeoutMs=400", $"--Outbound:AllowHosts={new Uri(_server.Urls.First()).Authority}");
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("nothing to say", Standing.Shown, null)]
    [InlineData("hold it", Standing.Held, "Seen elsewhere.")]
    [InlineData("spam it", Standing.Spam, "Seen elsewhere.")]
    [InlineData("late it is", Standing.Shown, null)]
    [InlineData("broken it is", Standing.Shown, null)]
    [InlineData("nonsense it is", Standing.Shown, null)]
    public async Task Its_word_counts_and_its_silence_does_not(string words, Standing standing, string? reason)
    {
        var comment = await SayAsync(await site.PublishAsync($"Asked: {words}"), words);

        Assert.Equal(standing, comment.Standing);
        Assert.Equal(reason, comment.Screening is null ? null : Assert.Single(JsonSerializer.Deserialize<List<CheckResult>>(comment.Screening)!).Reason);
    }

    [Fact]
    public async Task The_request_is_signed_by_each_secret_and_says_what_is_answered()
    {
        var article = await site.PublishAsync("Signed");
        var parent = await SayAsync(article, "What is answered.");

        await SayAsync(article, "The answer.", [new("comment_parent", $"{parent.Id}")]);

        var (timestamp, signature, body) = _asked.Last();
        Assert.Equal($"v1={WebhookCheck.Sign(Secret, timestamp, body)},v1={WebhookCheck.Sign(OldSecret, timestamp, body)}", signature);
        using var json = JsonDocument.Parse(body);
        Assert.Equal(("The answer.", "guest"), (json.RootElement.GetProperty("comment").GetProperty("body").GetString(), json.RootElement.GetProperty("comment").GetProperty("author_role").GetString()));
        Assert.Equal("What is answered.", json.RootElement.GetProperty("parent").GetProperty("text").GetString()!.Trim());
        Assert.Equal("Signed", json.RootElement.GetProperty("article").GetProperty("title").GetString());
    }

    [Fact]
    public async Task What_is_decided_here_is_not_asked_there()
    {
        await site.SetAsync(p => p with { HoldLinks = 1 });
        var before = _asked.Count;

        var held = await SayAsync(await site.PublishAsync("Decided here"), "spam it https://a.example");

        Assert.Equal((Standing.Held, before), (held.Standing, _asked.Count));
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        _asked.Enqueue((http.Request.Headers[WebhookCheck.TimestampHeader].ToString(), http.Request.Headers[WebhookCheck.SignatureHeader].ToString(), body.ToArray()));
        using var json = JsonDocument.Parse(body.ToArray());
        var words = json.RootElement.GetProperty("comment").GetProperty("body").GetString()!;
        if (words.StartsWith("late", StringComparison.Ordinal)) await Task.Delay(TimeSpan.FromSeconds(3), http.RequestAborted);
        var answer = words.Split(' ')[0] switch { "hold" => "hold", "spam" => "spam", "nonsense" => "perhaps", "late" => "spam", _ => null };
        http.Response.StatusCode = words.StartsWith("broken", StringComparison.Ordinal) ? StatusCodes.Status500InternalServerError : answer is null ? StatusCodes.Status204NoContent : StatusCodes.Status200OK;
        if (answer is not null) await http.Response.WriteAsync($$"""{"leaning":"{{answer}}","reason":"Seen elsewhere."}""", http.RequestAborted);
    }

    private async Task<Comment> SayAsync(PublishedArticle article, string words, IEnumerable<KeyValuePair<string, string>>? more = null)
    {
        using var reader = site.NewReader();
        using var posted = await reader.CommentAsync(article.Path, words, "Ann", "ann@example.org", more);
        Assert.Equal(HttpStatusCode.Found, posted.StatusCode);
        var id = long.Parse(posted.Headers.Location!.OriginalString.Split("#comment-")[1]);
        return await site.ReadAsync(db => db.Comments.SingleAsync(c => c.Id == id));
    }

    public sealed class OnSqlite(SqliteSite site) : WebhookTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : WebhookTests(site), IClassFixture<PostgresSite>;
}
