using System.Net;
using Broadsheet.Core;
using Broadsheet.Web.Mail;

namespace Broadsheet.Web.Hosting;

/// <summary>Configuration of the program (not of the publication: that is in the database). Read once at start; a wrong value stops the start with a line that names its key.</summary>
internal sealed class SiteOptions
{
    public required string DataFolder { get; init; }
    public required string DatabaseProvider { get; init; }

    /// <summary>Null on SQLite: the file in the data folder.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>A streaming replica that may answer lists and figures (<c>Database:ReplicaConnectionString</c>); null where there is none.</summary>
    public string? ReplicaConnectionString { get; init; }

    /// <summary>Scheme and host, without a slash at the end; null: the request's.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Networks whose <c>X-Forwarded-*</c> headers are believed.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Networks that no rate or flood limit touches.</summary>
    public IReadOnlyList<IPNetwork> ExemptNetworks { get; init; } = [];

    /// <summary>How many comments are taken (<c>Limits:CommentsOfNetworkAMinute</c>, <c>Limits:CommentsASecond</c>).</summary>
    public CommentLimits Comments { get; init; } = CommentLimits.Usual;

    /// <summary>Null where Akismet is not asked (<c>Akismet:*</c>).</summary>
    public Features.Moderation.Akismet.AkismetOptions? Akismet { get; init; }

    /// <summary>Null where no server of the operator's is asked (<c>Screening:Webhook:*</c>).</summary>
    public Features.Moderation.Webhook.WebhookOptions? Webhook { get; init; }

    /// <summary>How much of SQLite's file may be mapped into memory for reading (<c>Database:MapMegabytes</c>).</summary>
    public int MapMegabytes { get; init; }

    /// <summary>Off, each request is rendered (<c>Cache:Pages</c>): for measuring what a rendering costs, and for nothing else.</summary>
    public bool CachesPages { get; init; } = true;

    /// <summary>Null where no cache stands in front (<c>Cache:Front:*</c>).</summary>
    public Caching.Front.FrontOptions? Front { get; init; }
    /// <summary>Null where nodes share nothing but the database (<c>Cache:Redis</c>).</summary>
    public Broadsheet.Web.Redis.RedisOptions? Redis { get; init; }

    /// <summary>How long it serves on after it was told to stop, so that whoever distributes readers sees it go first (<c>Hosting:DrainSeconds</c>).</summary>
    public TimeSpan Drain { get; init; }

    /// <summary>Where pictures of commenters come from, where the publication fetches any (<c>Gravatar:Endpoint</c>).</summary>
    public string GravatarEndpoint { get; init; } = Features.Discussion.Avatars.GravatarAddress.Usual;

    /// <summary>Hosts of private networks, or with other ports than 80 and 443, that the program may call.</summary>
    public IReadOnlyList<string> AllowHosts { get; init; } = [];

    public required MailOptions Mail { get; init; }

    /// <summary>Says where networks are (<c>Stats:CountryDatabase</c>).</summary>
    public required Features.Stats.Countries Countries { get; init; }

    /// <summary>How long people stay signed in (<c>SignIn:Sessions:*</c>).</summary>
    public Reads.SessionLifetimes SessionLifetimes { get; init; } = Reads.SessionLifetimes.Usual;
    /// <summary>Where readers may have an account by which they sign in here.</summary>
    public IReadOnlyList<Features.SignIn.Social.SignInProvider> SignInProviders { get; init; } = [];

    /// <summary>How large a file may be that comes in piece by piece (<c>Media:MaxUploadMB</c>).</summary>
    public required Features.Newsroom.Uploads.UploadLimit Uploads { get; init; }

    /// <summary>Null where media lie on the disk (<c>Media:Store</c>, <c>Media:S3:*</c>).</summary>
    public MediaStore.BucketOptions? Bucket { get; init; }

    /// <summary>To whom the program tells how it is (<c>Telemetry:*</c>).</summary>
    public Telemetry.TelemetryOptions Telemetry { get; init; } = Hosting.Telemetry.TelemetryOptions.None;

    public string SqliteFile => Path.Combine(DataFolder, "broadsheet.db");

    public string MediaFolder => Path.Combine(DataFolder, "media");

    /// <summary>What this node keeps of the media in a bucket.</summary>
    public string MediaCacheFolder => Path.Combine(DataFolder, "media-cache");

    /// <summary>The publication's own themes.</summary>
    public string ThemesFolder => Path.Combine(DataFolder, "themes");

    /// <summary>Mail as files, while no mail server is configured.</summary>
    public string MailFolder => Path.Combine(DataFolder, "mail");

    public static Outcome<SiteOptions> Read(IConfiguration configuration, string dataFolder)
    {
        var provider = configuration["Database:Provider"] ?? "Sqlite";
        if (provider is not ("Sqlite" or "PostgreSql")) return new Problem("Database:Provider", $"Database:Provider is “{provider}”; it can be Sqlite or PostgreSql.");
        var connection = configuration["Database:ConnectionString"];
        if (provider == "PostgreSql" && string.IsNullOrWhiteSpace(connection)) return new Problem("Database:ConnectionString", "Database:ConnectionString is missing; PostgreSql needs it.");
        var replica = configuration["Database:ReplicaConnectionString"];
        if (string.IsNullOrWhiteSpace(replica)) replica = null;
        else if (provider != "PostgreSql") return new Problem("Database:ReplicaConnectionString", "Database:ReplicaConnectionString is for PostgreSql; SQLite has no replicas.");
        var publicUrl = configuration["Hosting:PublicUrl"]?.TrimEnd('/');
        if (publicUrl is { Length: > 0 } && !(Uri.TryCreate(publicUrl, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.AbsolutePath == "/"))
            return new Problem("Hosting:PublicUrl", $"Hosting:PublicUrl is “{publicUrl}”; it needs a scheme and a host, as in https://example.org.");
        var map = configuration["Database:MapMegabytes"] ?? "0";
        if (!int.TryParse(map, System.Globalization.CultureInfo.InvariantCulture, out var mapMegabytes) || mapMegabytes is < 0 or > 1_000_000) return new Problem("Database:MapMegabytes", $"Database:MapMegabytes is “{map}”; it is a number of megabytes, 0 for none.");
        var pages = configuration["Cache:Pages"] ?? "true";
        if (!bool.TryParse(pages, out var cachesPages)) return new Problem("Cache:Pages", $"Cache:Pages is “{pages}”; it is true or false.");
        var front = Caching.Front.FrontOptions.Read(configuration);
        if (front.Problem is { } wrongFront) return wrongFront;
        var redis = Broadsheet.Web.Redis.RedisOptions.Read(configuration);
        if (redis.Problem is { } wrongRedis) return wrongRedis;
        var drain = configuration["Hosting:DrainSeconds"] ?? "0";
        if (!int.TryParse(drain, System.Globalization.CultureInfo.InvariantCulture, out var drainSeconds) || drainSeconds is < 0 or > 60) return new Problem("Hosting:DrainSeconds", $"Hosting:DrainSeconds is “{drain}”; it is a number of seconds, from 0 to 60.");
        var gravatar = configuration["Gravatar:Endpoint"] ?? Features.Discussion.Avatars.GravatarAddress.Usual;
        if (!Uri.TryCreate(gravatar, UriKind.Absolute, out var pictures) || pictures.Scheme is not ("http" or "https")) return new Problem("Gravatar:Endpoint", $"Gravatar:Endpoint is “{gravatar}”; it needs a scheme and a host, as in {Features.Discussion.Avatars.GravatarAddress.Usual}.");
        var proxies = Networks(configuration, "Hosting:TrustedProxies");
        if (proxies.Problem is { } wrongProxy) return wrongProxy;
        var exempt = Networks(configuration, "Limits:ExemptNetworks");
        if (exempt.Problem is { } wrongNetwork) return wrongNetwork;
        var ofNetwork = Number(configuration, "Limits:CommentsOfNetworkAMinute", CommentLimits.Usual.OfNetworkAMinute);
        if (ofNetwork.Problem is { } wrongPace) return wrongPace;
        var aSecond = Number(configuration, "Limits:CommentsASecond", CommentLimits.Usual.ASecond);
        if (aSecond.Problem is { } wrongRate) return wrongRate;
        var akismet = Features.Moderation.Akismet.AkismetOptions.Read(configuration);
        if (akismet.Problem is { } wrongAkismet) return wrongAkismet;
        var webhook = Features.Moderation.Webhook.WebhookOptions.Read(configuration);
        if (webhook.Problem is { } wrongWebhook) return wrongWebhook;
        var mail = MailOptions.Read(configuration);
        if (mail.Problem is { } wrongMail) return wrongMail;
        var sessions = Reads.SessionLifetimes.Read(configuration);
        if (sessions.Problem is { } wrongSessions) return wrongSessions;
        var countries = Features.Stats.Countries.Open(configuration["Stats:CountryDatabase"]);
        if (countries.Problem is { } wrongCountries) return wrongCountries;
        var providers = Features.SignIn.Social.SignInOptions.Read(configuration);
        if (providers.Problem is { } wrongProvider) return wrongProvider;
        var megabytes = Number(configuration, "Media:MaxUploadMB", Features.Newsroom.Uploads.UploadLimit.UsualMegabytes);
        if (megabytes.Problem is { } wrongUpload) return wrongUpload;
        var bucket = MediaStore.BucketOptions.Read(configuration);
        if (bucket.Problem is { } wrongBucket) return wrongBucket;
        var telemetry = Hosting.Telemetry.TelemetryOptions.Read(configuration);
        if (telemetry.Problem is { } wrongTelemetry) return wrongTelemetry;
        return new SiteOptions
        {
            Telemetry = telemetry.Value,
            Uploads = new Features.Newsroom.Uploads.UploadLimit((long)megabytes.Value << 20),
            Bucket = bucket.Value,
            Mail = mail.Value,
            Countries = countries.Value,
            SignInProviders = providers.Value,
            SessionLifetimes = sessions.Value,
            TrustedProxies = proxies.Value,
            ExemptNetworks = exempt.Value,
            Akismet = akismet.Value,
            Webhook = webhook.Value,
            Comments = new CommentLimits(ofNetwork.Value, aSecond.Value),
            DataFolder = Path.GetFullPath(dataFolder),
            DatabaseProvider = provider,
            ConnectionString = connection,
            ReplicaConnectionString = replica,
            PublicUrl = string.IsNullOrEmpty(publicUrl) ? null : publicUrl,
            AllowHosts = [.. Values(configuration, "Outbound:AllowHosts")],
            MapMegabytes = mapMegabytes,
            CachesPages = cachesPages,
            Front = front.Value,
            Redis = redis.Value,
            Drain = TimeSpan.FromSeconds(drainSeconds),
            GravatarEndpoint = gravatar.EndsWith('/') ? gravatar : $"{gravatar}/",
        };
    }

    /// <summary>From 1 to a million.</summary>
    private static Outcome<int> Number(IConfiguration configuration, string key, int otherwise)
    {
        var text = configuration[key] ?? otherwise.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1_000_000 ? number : new Problem(key, $"{key} is “{text}”; it is a number from 1 to 1,000,000.");
    }

    /// <summary>A list, or one value with commas; each an address or a network such as <c>10.0.0.0/8</c>.</summary>
    private static Outcome<IPNetwork[]> Networks(IConfiguration configuration, string key)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in Values(configuration, key))
        {
            if (IPNetwork.TryParse(text, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(text, out var address)) networks.Add(new IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128));
            else return new Problem(key, $"{key} has “{text}”, which is neither an address nor a network such as 10.0.0.0/8.");
        }
        return networks.ToArray();
    }

    /// <summary>A list, or one value with commas.</summary>
    private static IEnumerable<string> Values(IConfiguration configuration, string key) =>
        configuration.GetSection(key).GetChildren().Select(c => c.Value ?? "").Append(configuration[key] ?? "").SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
