using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>Other people's sites: feeds, pages and a hub, which a test changes at will.</summary>
public sealed class FeedServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Answer> _answers = new(StringComparer.Ordinal);
    private WebApplication? _app;

    /// <summary>What was asked for, in order.</summary>
    public ConcurrentQueue<Asked> Requests { get; } = new();

    public Uri Url { get; private set; } = new("http://unset.invalid");

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
        Url = new Uri(_app.Urls.First());
    }

    public void Set(string path, string body, string type = "application/rss+xml", int status = 200, params (string Name, string Value)[] headers) => _answers[path] = new Answer(body, type, status, headers);

    /// <summary>A feed of stories, newest first.</summary>
    public string SetFeed(string path, string title, IEnumerable<string> items, string more = "", params (string Name, string Value)[] headers)
    {
        Set(path, $"""
            <?xml version="1.0" encoding="utf-8"?>
            <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>{title}</title><link>{Url}</link>{more}{string.Concat(items)}</channel></rss>
            """, headers: headers);
        return new Uri(Url, path).AbsoluteUri;
    }

    public string Item(string id, string title, string body, DateTimeOffset? at = null, string author = "Ines Moor") =>
        $"<item><guid isPermaLink=\"false\">{id}</guid><title>{title}</title><link>{new Uri(Url, $"/stories/{id}")}</link><dc:creator>{author}</dc:creator><pubDate>{at ?? TimeProvider.System.GetUtcNow().AddHours(-1):R}</pubDate><content:encoded><![CDATA[{body}]]></content:encoded></item>";

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var form = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal) : [];
        Requests.Enqueue(new Asked(http.Request.Method, http.Request.Path, http.Request.Headers.IfNoneMatch.ToString(), http.Request.Headers.IfModifiedSince.ToString(), form));
        var answer = _answers.GetValueOrDefault(http.Request.Path) ?? new Answer("Nothing is here.", "text/plain", 404, []);
        var tag = answer.Headers.FirstOrDefault(h => h.Name == "ETag").Value;
        foreach (var (name, value) in answer.Headers) http.Response.Headers[name] = value;
        if (tag is not null && http.Request.Headers.IfNoneMatch == tag)
        {
            http.Response.StatusCode = 304;
            return;
        }
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.Type;
        await http.Response.WriteAsync(answer.Body);
    }

    public sealed record Asked(string Method, string Path, string IfNoneMatch, string IfModifiedSince, Dictionary<string, string> Form);

    private sealed record Answer(string Body, string Type, int Status, (string Name, string Value)[] Headers);
}
