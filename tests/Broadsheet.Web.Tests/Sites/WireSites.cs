namespace Broadsheet.Web.Tests.Sites;

/// <summary>A publication that may call the sites of a <see cref="FeedServer"/>, and knows its own address.</summary>
public interface IWireSite
{
    const string PublicUrl = "https://broadsheet.test";

    FeedServer Feeds { get; }
}

public sealed class SqliteWireSite : SqliteSite, IWireSite
{
    public FeedServer Feeds { get; } = new();

    public override ValueTask InitializeAsync() => this.StartWithAsync(Feeds);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Feeds.DisposeAsync();
    }
}

public sealed class PostgresWireSite : PostgresSite, IWireSite
{
    public FeedServer Feeds { get; } = new();

    public override ValueTask InitializeAsync() => this.StartWithAsync(Feeds);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Feeds.DisposeAsync();
    }
}

internal static class WireSites
{
    public static async ValueTask StartWithAsync(this BroadsheetSite site, FeedServer feeds)
    {
        await feeds.StartAsync();
        await site.StartAsync($"--Outbound:AllowHosts={feeds.Url.Authority}", $"--Hosting:PublicUrl={IWireSite.PublicUrl}");
    }
}
