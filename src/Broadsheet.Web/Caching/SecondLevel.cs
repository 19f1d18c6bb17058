using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Broadsheet.Web.Caching.Front;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Caching;

/// <summary>What a rendering depends on beside the database: the program, its themes, its configuration. Nodes that differ in it share no pages.</summary>
internal sealed class RenderingRevision(Func<string> make)
{
    private readonly Lazy<string> _text = new(make);

    public string Text => _text.Value;
}

/// <summary>
/// The pages that other nodes have rendered, asked for what is not in memory. One is taken only where the database's own eviction rows say that it is fresh; so
/// what keeps them may be slow, gone, or wrong. Without it (one node), nothing is asked and nothing packed.
/// </summary>
/// <param name="pages">Null for none.</param>
/// <param name="front">Null where no cache stands in front.</param>
internal sealed class SecondLevel(PageStore store, EvictionLog log, EvictionPosition position, PublicationStore publications, RenderingRevision revision, TimeProvider clock, ISharedPages? pages = null, FrontControl? front = null) : BackgroundService
{
    /// <summary>As long as eviction rows are kept: what is older is seldom known to be fresh (<see cref="ForgetEvictions"/>).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Packed; larger ones each node renders for itself.</summary>
    private const int LargestPacket = 1 << 20;

    /// <summary>As many wait to be packed; what comes beyond is not shared.</summary>
    private const int Waiting = 200;

    private readonly Channel<Offer> _offers = Channel.CreateBounded<Offer>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private (string Edition, byte[] Secret)? _secret;

    /// <summary>To be asked for before a rendering begins, and given with what comes of it.</summary>
    public long Position => pages is null ? EvictionPosition.Unknown : position.Now;

    /// <returns>Null where there is none that is known to be fresh, words and counts.</returns>
    public async ValueTask<CachedPage?> FindAsync(string key)
    {
        if (pages is not { IsUp: true } || await SecretAsync(CancellationToken.None) is not { } secret) return null;
        if (await pages.FindAsync(NameOf(key, secret)) is not { } bytes || PagePacket.Read(bytes, key, secret, front) is not { } packet) return null;
        var now = clock.GetUtcNow();
        return now - packet.At < Lifetime && !(packet.Page.Until <= now) && log.IsFresh(packet.Page.Tags, packet.Position) ? packet.Page : null;
    }

    /// <summary>For other nodes to take; later, and only where there is nothing more urgent.</summary>
    /// <param name="before"><see cref="Position"/> from before it was rendered.</param>
    public void Give(string key, CachedPage page, long before)
    {
        // Searches are as many as anyone likes to make up: they would push the others out.
        if (pages is { IsUp: true } && before != EvictionPosition.Unknown && !page.Tags.Contains(SearchLedger.Tag)) _offers.Writer.TryWrite(new Offer(key, page, before));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (pages is null) return;
        await foreach (var offer in _offers.Reader.ReadAllAsync(stoppingToken))
        {
            if (!log.IsFresh(offer.Page.Tags, offer.Before) || await SecretAsync(stoppingToken) is not { } secret) continue;
            var packet = PagePacket.Write(offer.Key, offer.Page, offer.Before, clock.GetUtcNow(), offer.Page.Identity.Length < 512 ? [] : store.GzipOf(offer.Page), secret);
            if (packet.Length <= LargestPacket) await pages.KeepAsync(NameOf(offer.Key, secret), packet, Lifetime);
        }
    }

    /// <summary>Of this publication as it stands in this database, as this program renders it: another program's pages have other names and other seals.</summary>
    private async ValueTask<byte[]?> SecretAsync(CancellationToken ct)
    {
        try
        {
            var publication = await publications.GetAsync(ct);
            if (publication.Secret.Length == 0) return null;
            if (_secret is { } known && known.Edition == publication.Edition) return known.Secret;
            var secret = Encoding.UTF8.GetBytes(publication.Mark($"shared pages\n{publication.Edition}\n{revision.Text}", 32));
            _secret = (publication.Edition, secret);
            return secret;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // The database does not answer: the rendering tells its reader so.
            return null;
        }
    }

    private static string NameOf(string key, byte[] secret) => Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(key)).AsSpan(0, 24));

    private sealed record Offer(string Key, CachedPage Page, long Before);
}
