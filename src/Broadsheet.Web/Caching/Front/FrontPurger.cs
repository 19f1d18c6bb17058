using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Caching.Front;

/// <summary>
/// Has the caches in front forget what this process has forgotten, whoever evicted it: were only the node that wrote to purge, another that has not yet seen the
/// eviction could fill the cache with the old page right after. So each node purges when it has itself let go (this observer comes after <see cref="PageStore"/>),
/// and the last of them leaves nothing old behind. Purging twice does no harm.
/// </summary>
internal sealed class FrontPurger : BackgroundService, ICommitObserver
{
    private readonly HttpClient _http;
    private readonly PurgeSender[] _senders;

    public FrontPurger(FrontOptions options, ILogger<FrontPurger> log)
    {
        // Not the guarded client: these addresses are the operator's own configuration, in private networks as a rule, and nobody else has a say in them.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(3), PooledConnectionLifetime = TimeSpan.FromMinutes(2) }) { Timeout = TimeSpan.FromSeconds(5) };
        _senders = [.. options.Purge.Select(address => new PurgeSender(address, options.Fresh, _http, log))];
    }

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        foreach (var sender in _senders) sender.Add(evictions);
    }

    public void Missed()
    {
        foreach (var sender in _senders) sender.AddEveryPage();
    }

    public override void Dispose()
    {
        _http.Dispose();
        foreach (var sender in _senders) sender.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_senders.Select(s => RunAsync(s, stoppingToken)));

    private static async Task RunAsync(PurgeSender sender, CancellationToken stoppingToken)
    {
        try
        {
            await sender.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            using var time = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            try
            {
                await sender.EndAsync(time.Token);
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
            {
                // The next start tells it (EvictionWatcher gives the latest evictions once more).
            }
        }
    }
}
