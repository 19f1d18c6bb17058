using Broadsheet.Core;
using StackExchange.Redis;

namespace Broadsheet.Web.Redis;

/// <summary>Where Redis is (<c>Cache:Redis</c>), as <c>host:port,password=…</c> or as <c>redis://user:password@host:port/database</c>.</summary>
internal sealed record RedisOptions(ConfigurationOptions Connection)
{
    private const string Key = "Cache:Redis";
    private const string Example = "redis.example.org:6379, redis.example.org:6380,ssl=true,password=… or redis://:…@redis.example.org:6379";

    /// <returns>Nothing where none is configured.</returns>
    public static Outcome<RedisOptions?> Read(IConfiguration configuration)
    {
        var text = configuration[Key]?.Trim();
        if (string.IsNullOrEmpty(text)) return (RedisOptions?)null;
        // What stands there may hold a password: it is not repeated.
        var options = Parse(text);
        if (options is null || options.EndPoints.Count == 0) return new Problem(Key, $"{Key} cannot be read; it is an address such as {Example}.");
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 1_000;
        options.ConnectRetry = 1;
        options.AsyncTimeout = options.SyncTimeout = 1_000;
        options.KeepAlive = 5;
        options.ReconnectRetryPolicy = new LinearRetry(500);
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ClientName = "broadsheet";
        return new RedisOptions(options);
    }

    private static ConfigurationOptions? Parse(string text)
    {
        try
        {
            if (!text.Contains("://", StringComparison.Ordinal)) return HasPorts(text) ? ConfigurationOptions.Parse(text) : null;
            if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss") || uri.Host.Length == 0) return null;
            var options = new ConfigurationOptions { Ssl = uri.Scheme == "rediss" };
            options.EndPoints.Add(uri.Host, uri.Port > 0 ? uri.Port : 6379);
            var (user, password) = (uri.UserInfo.Split(':')[0], uri.UserInfo.Contains(':', StringComparison.Ordinal) ? uri.UserInfo[(uri.UserInfo.IndexOf(':', StringComparison.Ordinal) + 1)..] : "");
            if (user.Length > 0) options.User = Uri.UnescapeDataString(user);
            if (password.Length > 0) options.Password = Uri.UnescapeDataString(password);
            if (uri.AbsolutePath.Trim('/') is { Length: > 0 } database)
            {
                if (!int.TryParse(database, System.Globalization.CultureInfo.InvariantCulture, out var number) || number < 0) return null;
                options.DefaultDatabase = number;
            }
            return options;
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException)
        {
            return null;
        }
    }

    /// <summary>What is taken for a port is one.</summary>
    private static bool HasPorts(string text) => text.Split(',', StringSplitOptions.TrimEntries).Where(p => !p.Contains('=', StringComparison.Ordinal)).All(p =>
        p.Length > 0 && !p.Contains(' ', StringComparison.Ordinal) && (p.LastIndexOf(':') is var at && (at < 0 || ushort.TryParse(p[(at + 1)..], System.Globalization.CultureInfo.InvariantCulture, out var port) && port > 0)));
}
