namespace Broadsheet.Web.Tests.Sites;

/// <summary>Behind a proxy that says where a reader comes from: each may come from a network of their own, and no network is exempt from limits.</summary>
internal static class ForwardedSites
{
    public static readonly string[] Configuration = ["--Limits:ExemptNetworks=", "--Hosting:TrustedProxies=127.0.0.1"];

    /// <summary>A browser at this network address.</summary>
    public static ReaderClient ReaderFrom(this BroadsheetSite site, string address)
    {
        var reader = site.NewReader();
        reader.Http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return reader;
    }
}

public sealed class ForwardedSqliteSite : SqliteSite
{
    public override ValueTask InitializeAsync() => StartAsync(ForwardedSites.Configuration);
}

public sealed class ForwardedPostgresSite : PostgresSite
{
    public override ValueTask InitializeAsync() => StartAsync(ForwardedSites.Configuration);
}
