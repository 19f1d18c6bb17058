using System.Collections.Concurrent;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Caching;

/// <summary>Two servers that hand each other their pages through somebody who may lie, lose, and keep everything old.</summary>
public sealed class SecondLevelTests : IAsyncLifetime
{
    /// <summary>Else each server's own address would show in its pages, and nothing could be shared.</summary>
    private const string Address = "--Hosting:PublicUrl=https://news.example.org";

    private readonly Attic _attic = new();
    private readonly PostgresSite _first = new();
    private SecondNode _second = null!;

    public async ValueTask InitializeAsync()
    {
        _first.Services = Share;
        await _first.StartAsync(Address);
        await _first.SettleAsync();
        _second = new SecondNode(_first) { Services = Share };
        await _second.StartAsync(Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _second.DisposeAsync();
        await _first.DisposeAsync();
    }

    [Fact]
    public async Task What_one_has_rendered_the_other_need_not()
    {
        var article = await _first.PublishAsync("Rendered once");
        var tag = await RenderAsync(_first, article.Path);
        using var reader = _second.NewReader();
        await TakesAsync(reader, article.Path, tag);

        _second.Statements.Reset();
        using var again = await reader.GetAsync(article.Path);
        Assert.Equal(tag, again.Headers.ETag!.Tag);
        Assert.Empty(_second.Statements.Statements);
    }

    [Fact]
    public async Task A_comment_that_was_removed_is_never_seen_again_however_old_the_pages_are_that_come_back()
    {
        var article = await _first.PublishAsync("Removed words");
        var ids = await _first.TalkAsync(article.Id, null, null);
        var tag = await RenderAsync(_first, article.Path);
        using (var reader = _second.NewReader()) await TakesAsync(reader, article.Path, tag);

        await _first.Writes.RunAsync((scope, ct) => CommentLedger.DecideAsync(scope, scope.Db.Comments.AsTracking().First(c => c.Id == ids[0]), Standing.Trashed, ct), CancellationToken.None);

        using var here = _first.NewReader();
        Assert.DoesNotContain("Words 0.", await here.ReadAsync(article.Path), StringComparison.Ordinal);
        using var there = _second.NewReader();
        await Eventually.SeesAsync(async () => !(await there.ReadAsync(article.Path)).Contains("Words 0.", StringComparison.Ordinal));
        // Whoever forgets what it holds is given the old page again, and does not take it.
        var asked = _attic.Given;
        for (var i = 0; i < 20; i++)
        {
            _second.App.Services.GetRequiredService<PageStore>().Missed();
            Assert.DoesNotContain("Words 0.", await there.ReadAsync(article.Path), StringComparison.Ordinal);
        }
        Assert.Equal(asked + 20, _attic.Given);
    }

    [Fact]
    public async Task Who_comes_new_takes_pages_that_are_fresh_and_none_that_are_not()
    {
        var (fresh, changed) = (await _first.PublishAsync("Stays as it is"), await _first.PublishAsync("Is changed"));
        await RenderAsync(_first, changed.Path);
        await _first.TalkAsync(changed.Id, [null]);
        var tag = await RenderAsync(_first, fresh.Path);

        await using var third = new SecondNode(_first) { Services = Share };
        await third.StartAsync(Address);
        using var reader = third.NewReader();

        Assert.Contains("Words 0.", await reader.ReadAsync(changed.Path), StringComparison.Ordinal);
        await TakesAsync(reader, fresh.Path, tag, third);
    }

    [Fact]
    public async Task A_program_that_renders_otherwise_takes_no_page_of_before()
    {
        var article = await _first.PublishAsync("Upgraded");
        var tag = await RenderAsync(_first, article.Path);

        await using var upgraded = new SecondNode(_first)
        {
            Services = services =>
            {
                Share(services);
                services.AddSingleton(new RenderingRevision(() => "the next version"));
            },
        };
        await upgraded.StartAsync(Address);
        using var reader = upgraded.NewReader();
        // The token in it is another's.
        for (var i = 0; i < 10; i++)
        {
            upgraded.App.Services.GetRequiredService<PageStore>().Missed();
            using var page = await reader.GetAsync(article.Path);
            Assert.NotEqual(tag, page.Headers.ETag!.Tag);
        }
    }

    /// <summary>Renders it, hands it on, and says by which tag it is known.</summary>
    private async Task<string> RenderAsync(BroadsheetSite site, string path)
    {
        // Only what is rendered after all gaps among the rows were given up is known to be fresh elsewhere.
        await Eventually.SeesAsync(async () => site.App.Services.GetRequiredService<EvictionPosition>().Now >= await site.ReadAsync(db => Task.FromResult(db.Evictions.Max(e => e.Id))), TimeSpan.FromSeconds(60));
        var kept = _attic.Kept;
        using var reader = site.NewReader();
        site.App.Services.GetRequiredService<PageStore>().Missed();
        using var page = await reader.GetAsync(path);
        await Eventually.SeesAsync(() => Task.FromResult(_attic.Kept > kept));
        return page.Headers.ETag!.Tag;
    }

    /// <summary>The other server answers with that very page, at the latest when it has read the rows.</summary>
    private async Task TakesAsync(ReaderClient reader, string path, string tag, BroadsheetSite? site = null)
    {
        await Eventually.SeesAsync(async () =>
        {
            (site ?? _second).App.Services.GetRequiredService<PageStore>().Missed();
            using var page = await reader.GetAsync(path);
            return page.Headers.ETag!.Tag == tag;
        });
    }

    private void Share(IServiceCollection services) => services.AddSingleton(new EvictionLog(isKept: true)).AddSingleton<ISharedPages>(_attic);

    /// <summary>Keeps the first that it is given, for ever.</summary>
    private sealed class Attic : ISharedPages
    {
        private readonly ConcurrentDictionary<string, byte[]> _oldest = new(StringComparer.Ordinal);
        private int _given;
        private int _kept;

        public int Given => _given;

        public int Kept => _kept;

        public bool IsUp => true;

        public ValueTask<byte[]?> FindAsync(string name)
        {
            var found = _oldest.GetValueOrDefault(name);
            if (found is not null) Interlocked.Increment(ref _given);
            return ValueTask.FromResult(found);
        }

        public Task KeepAsync(string name, byte[] packet, TimeSpan lifetime)
        {
            _oldest.TryAdd(name, packet);
            Interlocked.Increment(ref _kept);
            return Task.CompletedTask;
        }
    }
}
