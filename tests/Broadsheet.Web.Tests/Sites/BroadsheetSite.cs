using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Hosting;
using Broadsheet.Web.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>A whole publication: the program's own composition on Kestrel, with a folder and a database of its own. Speaks HTTP; seeds through the write path.</summary>
public abstract class BroadsheetSite : IAsyncLifetime
{
    private WebApplication? _app;

    /// <param name="folder">Null: a temporary one.</param>
    protected BroadsheetSite(string? folder = null) => Folder = folder is null ? Directory.CreateTempSubdirectory("bs-site").FullName : Directory.CreateDirectory(folder).FullName;

    /// <summary>The site's data folder, thrown away at the end.</summary>
    public string Folder { get; }

    public Uri Url { get; private set; } = new("http://unset.invalid");

    /// <summary>Replaces services of the program: what stands for the world outside. Set before the start.</summary>
    internal Action<IServiceCollection>? Services { get; set; }

    public StatementCounter Statements { get; } = new();

    internal WebApplication App => _app ?? throw new InvalidOperationException("The site is not started.");

    internal IDatabaseEngine Engine => App.Services.GetRequiredService<IDatabaseEngine>();

    internal Writes Writes => App.Services.GetRequiredService<Writes>();

    public virtual ValueTask InitializeAsync() => StartAsync();

    public async ValueTask StartAsync(params string[] more)
    {
        string[] configuration = [.. await ConfigurationAsync(), "--Limits:ExemptNetworks=127.0.0.0/8", "--urls", "http://127.0.0.1:0", .. more];
        var built = Site.Build(Folder, configuration, LogLevel.Warning, services =>
        {
            services.AddSingleton<IInterceptor>(Statements);
            services.AddSingleton(new JobPace(TimeSpan.FromMilliseconds(100)));
            Services?.Invoke(services);
        });
        if (built.Problem is { } problem) throw new InvalidOperationException(problem.Message);
        _app = built.Value;
        await Engine.MigrateAsync(CancellationToken.None);
        await App.Services.GetRequiredService<PublicationStore>().EnsureSecretAsync(Writes, CancellationToken.None);
        await _app.StartAsync();
        Url = new Uri(_app.Urls.First());
    }

    public async ValueTask StopAsync()
    {
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A browser of its own: cookies, no automatic redirects.</summary>
    public ReaderClient NewReader() => new(Url);

    /// <summary>Publishes an article and returns it.</summary>
    public Task<PublishedArticle> PublishAsync(string title, string body = "<p>Words.</p>") => PublishAsync(new ArticleEdit(title, body, BodyFormat.Html) { Status = ArticleStatus.Published });

    internal async Task<PublishedArticle> PublishAsync(ArticleEdit edit)
    {
        var rendering = App.Services.GetRequiredService<ArticleRendering>();
        var publication = await App.Services.GetRequiredService<PublicationStore>().GetAsync(CancellationToken.None);
        var text = await rendering.RenderAsync(edit, 0, CancellationToken.None);
        var id = await Writes.RunAsync((scope, ct) => ArticleLedger.SaveAsync(scope, publication, 0, edit, text, null, ct), CancellationToken.None);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Url };
        using var response = await http.GetAsync(new Uri($"/?p={id}", UriKind.Relative));
        return new PublishedArticle(id, response.Headers.Location?.OriginalString ?? $"/?p={id}");
    }

    /// <summary>Comments that are shown, one after the other.</summary>
    /// <param name="parents">For each: which of these it answers (from 0); null for none.</param>
    /// <returns>Their ids.</returns>
    internal Task<List<long>> TalkAsync(long articleId, params int?[] parents) => Writes.RunAsync(async (scope, ct) =>
    {
        var ids = new List<long>();
        foreach (var parent in parents)
        {
            var words = $"Words {ids.Count}.";
            var draft = CommentDraft.Read(new CommentFields(articleId, parent is { } p ? ids[p] : null, words, $"Reader {ids.Count}", $"reader{ids.Count}@example.org", null), nameAndEmailRequired: true).Value;
            var origin = new CommentOrigin(null, "192.0.2.1", "", scope.Now, DateTime.SpecifyKind(scope.Now.UtcDateTime, DateTimeKind.Unspecified));
            var comment = Comment.Write(draft, CommentText.Render(words, "en"), origin, Standing.Shown, null);
            await CommentLedger.AddAsync(scope, comment, ct);
            ids.Add(comment.Id);
        }
        return ids;
    }, CancellationToken.None);

    /// <summary>An editor's change of an article.</summary>
    internal async Task EditAsync(long id, ArticleEdit edit)
    {
        var publication = await App.Services.GetRequiredService<PublicationStore>().GetAsync(CancellationToken.None);
        var text = await App.Services.GetRequiredService<ArticleRendering>().RenderAsync(edit, id, CancellationToken.None);
        await Writes.RunAsync((scope, ct) => ArticleLedger.SaveAsync(scope, publication, id, edit, text, null, ct), CancellationToken.None);
    }

    /// <summary>Waits until the search knows what was written.</summary>
    public async Task IndexAsync()
    {
        while (await ReadAsync(db => db.SearchPending.AnyAsync())) await Task.Delay(50);
    }

    /// <summary>All bodies count as rendered with the settings of now, so that no job reads or evicts while a test counts.</summary>
    internal Task SettleAsync() => SetAsync(p => p with { RenderedWith = ArticleRendering.StateOf(p) });

    /// <summary>Changes the publication's settings.</summary>
    internal Task SetAsync(Func<Publication, Publication> change) => Writes.RunAsync(async (scope, ct) => { await PublicationStore.ChangeAsync(scope, change, ct); }, CancellationToken.None);

    internal async Task<T> ReadAsync<T>(Func<BroadsheetDb, Task<T>> read)
    {
        await using var db = Engine.Open();
        return await read(db);
    }

    /// <summary>Arguments that lead a command to this site's folder and database.</summary>
    public async Task<string[]> ArgumentsAsync() => ["--data", Folder, .. await ConfigurationAsync()];

    protected abstract Task<string[]> ConfigurationAsync();
}

public sealed record PublishedArticle(long Id, string Path);

public class SqliteSite : BroadsheetSite
{
    protected override Task<string[]> ConfigurationAsync() => Task.FromResult<string[]>([]);
}

public class PostgresSite : BroadsheetSite
{
    private string? _connection;

    protected override async Task<string[]> ConfigurationAsync() => Configuration(_connection ??= await PostgresCluster.CopyOfAsync(MigrateAsync));

    private static string[] Configuration(string connection) => ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={connection}"];

    /// <summary>Makes what each new site's database is a copy of.</summary>
    private async Task MigrateAsync(string connection)
    {
        await using var app = Site.Build(Folder, Configuration(connection), LogLevel.Warning, _ => { }).Value;
        await app.Services.GetRequiredService<IDatabaseEngine>().MigrateAsync(CancellationToken.None);
    }
}
