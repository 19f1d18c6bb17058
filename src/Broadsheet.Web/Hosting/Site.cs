using System.Globalization;
using Broadsheet.Core;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Caching.Front;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.PostgreSql;
using Broadsheet.Web.Data.Sqlite;
using Broadsheet.Web.Features.Accounts;
using Broadsheet.Web.Features.Api;
using Broadsheet.Web.Features.Curation;
using Broadsheet.Web.Features.Discussion;
using Broadsheet.Web.Features.Discussion.Avatars;
using Broadsheet.Web.Features.Feeds;
using Broadsheet.Web.Features.Following;
using Broadsheet.Web.Features.Media;
using Broadsheet.Web.Features.Moderation;
using Broadsheet.Web.Features.Moderation.Akismet;
using Broadsheet.Web.Features.Moderation.Models;
using Broadsheet.Web.Features.Moderation.Webhook;
using Broadsheet.Web.Features.Newsroom;
using Broadsheet.Web.Features.Reading;
using Broadsheet.Web.Features.Search;
using Broadsheet.Web.Features.Setup;
using Broadsheet.Web.Features.SignIn;
using Broadsheet.Web.Features.SignIn.ApplicationPasswords;
using Broadsheet.Web.Features.SignIn.Social;
using Broadsheet.Web.Features.Stats;
using Broadsheet.Web.Features.Transfer.Browser;
using Broadsheet.Web.Hosting.Telemetry;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Mail;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Outbound;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Broadsheet.Web.Redis;
using Broadsheet.Web.Theming;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Broadsheet.Web.Hosting;

/// <summary>Puts the program together: services by room, then the pipeline, then the routes by room.</summary>
internal static class Site
{
    /// <summary>The folder of the program's own files: themes, scripts.</summary>
    public static string ProgramFolder => AppContext.BaseDirectory;

    /// <param name="configure">For tests: what differs.</param>
    /// <returns>The application, not started; or the first problem of its configuration.</returns>
    public static Outcome<WebApplication> Build(string dataFolder, string[] configuration, LogLevel level = LogLevel.Information, Action<IServiceCollection>? configure = null)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = configuration, ContentRootPath = ProgramFolder });
        builder.Configuration.AddJsonFile(Path.Combine(Path.GetFullPath(dataFolder), "appsettings.json"), optional: true);
        builder.Configuration.AddEnvironmentVariables("Broadsheet__").AddCommandLine(configuration);
        var options = SiteOptions.Read(builder.Configuration, dataFolder);
        if (options.Problem is { } problem) return problem;
        Log(builder.Logging, level);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 32L << 20;
        });
        AddServices(builder.Services, options.Value);
        TelemetrySetup.AddTo(builder, options.Value.Telemetry);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20) + options.Value.Drain);
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        Use(app, options.Value);
        Map(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, SiteOptions options)
    {
        services.AddSingleton(options).AddSingleton(options.Comments).AddSingleton(options.Uploads).AddSingleton(TimeProvider.System);
        services.AddSingleton<IDatabaseEngine>(s => options.DatabaseProvider == "Sqlite" ? new SqliteEngine(options.SqliteFile, s.GetServices<IInterceptor>(), options.MapMegabytes) : new PostgreSqlEngine(options.ConnectionString!, s.GetServices<IInterceptor>(), s.GetService<Replica>()));
        if (options.ReplicaConnectionString is { } replica)
            services.AddSingleton<ReplicaMeter>().AddSingleton(s => new Replica(replica, s.GetServices<IInterceptor>(), s.GetRequiredService<ReplicaMeter>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<Replica>>()));
        services.AddRedis(options.Redis).AddSingleton<Draining>().AddHostedService(s => s.GetRequiredService<Draining>());
        // First of the observers: what any has forgotten, this knows of.
        services.AddSingleton(new EvictionLog(options.Redis is not null)).AddSingleton<ICommitObserver>(s => s.GetRequiredService<EvictionLog>());
        services.AddSingleton<CacheMeter>().AddSingleton<WriteMeter>().AddSingleton<JobMeter>();
        services.AddSingleton<Writes>().AddSingleton<ArticleRendering>().AddSingleton<PublicationStore>().AddSingleton<SiteIndexStore>().AddSingleton<PublicPeopleStore>().AddSingleton<ArticleSurroundings>().AddSingleton(_ => new PageStore());
        services.AddSingleton<ICommitObserver>(s => s.GetRequiredService<PublicationStore>()).AddSingleton<ICommitObserver>(s => s.GetRequiredService<SiteIndexStore>()).AddSingleton<ICommitObserver>(s => s.GetRequiredService<PublicPeopleStore>()).AddSingleton<ICommitObserver>(s => s.GetRequiredService<ArticleSurroundings>());
        // After all that pages are made of: who misses a page finds nothing older than its eviction.
        services.AddSingleton<ICommitObserver>(s => s.GetRequiredService<PageStore>());
        services.AddSingleton<MissedAddresses>().AddSingleton<RedirectStore>().AddSingleton<ICommitObserver>(s => s.GetRequiredService<RedirectStore>());
        services.AddSingleton<RememberedArticles>().AddSingleton<ICommitObserver>(s => s.GetRequiredService<RememberedArticles>());
        services.AddDiscussion(options.ExemptNetworks).AddSingleton(new GravatarAddress(options.GravatarEndpoint));
        if (options.Front is { } front)
            services.AddSingleton(front).AddSingleton<FrontControl>().AddSingleton<FrontPurger>().AddSingleton<ICommitObserver>(s => s.GetRequiredService<FrontPurger>()).AddHostedService(s => s.GetRequiredService<FrontPurger>());
        // Last of the observers: what they have seen, all have.
        services.AddSingleton<EvictionPosition>().AddSingleton<ICommitObserver>(s => s.GetRequiredService<EvictionPosition>());
        services.AddSingleton<SeenEvictions>().AddSingleton<ICommitObserver>(s => s.GetRequiredService<SeenEvictions>());
        services.AddSingleton(new PageKeys(options.PublicUrl is not null)).AddSingleton(s => SharedPagesRevision.Of(options, s.GetRequiredService<IConfiguration>())).AddSingleton<SecondLevel>().AddHostedService(s => s.GetRequiredService<SecondLevel>()).AddHostedService<EvictionWatcher>().AddHostedService<BackgroundCompressor>();
        var (themes, own) = (Path.Combine(ProgramFolder, "themes"), options.ThemesFolder);
        services.AddSingleton(_ => new ThemeStore(themes, own)).AddSingleton(_ => new Assets([Path.Combine(ProgramFolder, "wwwroot"), Path.Combine(themes, ThemeStore.Usual, "assets")],
            ThemeStore.FoldersIn(themes).Where(t => t.Id != ThemeStore.Usual).Concat(ThemeStore.FoldersIn(own))));
        services.AddSingleton(s => s.GetRequiredService<Assets>().Addresses).AddSingleton(new PublicAddress(options.PublicUrl));
        services.AddSingleton<ReaderSites>().AddSingleton<PageViews>().AddSingleton<ShownComments>().AddSingleton<ThreadViews>().AddSingleton<ArticlePages>().AddSingleton<NotFoundPages>().AddSingleton<DraftPreviews>().AddSingleton<ShowChange>().AddSingleton<LegacyQueries>();
        services.AddSingleton<ReplyTokens>().AddSingleton<ModerationHashes>().AddSingleton<GuestCookies>().AddSingleton<ReaderMarksReader>().AddSingleton<PostPasswords>().AddSingleton<KeptReplies>();
        // Before the permalinks, which would take its address for the beginning of an article's.
        services.AddFollowing().AddMail(options.Mail, options.MailFolder).AddSingleton<FollowRequests>().AddSingleton(new CountedNetworks(options.ExemptNetworks)).AddSingleton<WriterFacts>().AddSingleton<WriterLevels>().AddSingleton<CommentBursts>().AddSingleton<AttackWatch>().AddSingleton<WorkGate>().AddSingleton<ServiceAlerts>();
        services.AddSingleton<IShowAddress, ShowList>().AddSingleton<IShowAddress, ShowPermalink>().AddSearch().AddFeeds();
        services.AddSingleton(new JobPace(TimeSpan.FromSeconds(1))).AddHostedService<JobRunner>().AddHostedService<Schedule>().AddSingleton<IJob, RenderAgain>().AddSingleton<IRecurring, NoticeNewRendering>().AddSingleton<IRecurring, ForgetEvictions>();
        services.AddSingleton(s => new Screen(CheckOrder.With(s.GetRequiredService<LearnedModels>(), s.GetService<AkismetCheck>(), s.GetService<WebhookCheck>()), (check, failure) => CheckLog.Failed(s.GetRequiredService<ILogger<Screen>>(), check.Name, failure)));
        services.AddMedia(options.MediaFolder, options.Bucket, options.MediaCacheFolder).AddSingleton(_ => new GuardedHttp(options.AllowHosts));
        services.AddSingleton(s => new DeskAssets(s.GetRequiredService<Assets>().AddressOf("newsroom.css"), s.GetRequiredService<Assets>().AddressOf("newsroom.js"), s.GetRequiredService<Assets>().AddressOf("picture.js"), s.GetRequiredService<Assets>().AddressOf("passkeys.js"), s.GetRequiredService<Assets>().AddressOf("moderation.js"), new DeskShell.Pair(s.GetRequiredService<Assets>().AddressOf("editor/editor.css"), s.GetRequiredService<Assets>().AddressOf("editor/editor.js")), s.GetRequiredService<Assets>().AddressOf("library.js")));
        services.AddDesk().AddSignIn(options.ExemptNetworks).AddSocial(options.SignInProviders, options.AllowHosts).AddAccounts().AddNewsroom().AddCuration().AddModeration(options.Akismet, options.Webhook).AddStats(options.Countries).AddImports(options.DataFolder);
        SetUp.AddTo(services);
        services.AddSingleton<IXmlRepository, ProtectionKeyStore>();
        services.AddDataProtection().SetApplicationName("broadsheet");
        services.AddOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>().Configure<IXmlRepository>((keys, store) => keys.XmlRepository = store);
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = PageKeys.SessionCookie;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.LoginPath = "/account/sign-in/";
            cookie.SlidingExpiration = false;
            cookie.Events.OnValidatePrincipal = context => context.HttpContext.RequestServices.GetRequiredService<Sessions>().ValidateAsync(context);
        });
        services.AddSingleton(options.SessionLifetimes).AddSingleton<KnownBrowsers>().AddSingleton<Sessions>().AddSingleton<SignInDoor>().AddSingleton<SessionStandings>().AddSingleton<ICommitObserver>(s => s.GetRequiredService<SessionStandings>());
        services.AddAuthorization();
        services.AddAntiforgery();
    }

    private static void Use(WebApplication app, SiteOptions options)
    {
        TelemetrySetup.Use(app, options.Telemetry);
        if (options.TrustedProxies.Count > 0) app.UseForwardedHeaders(TrustedProxies.Options(options.TrustedProxies));
        app.UseMiddleware<UntrustedProxy>();
        app.UseMiddleware<MissedPages>();
        app.UseMiddleware<CommentCeiling>();
        app.UseMiddleware<RestRoute>();
        if (options.CachesPages) app.UseMiddleware<PageCache>();
        app.UseMiddleware<ErrorPages>();
        // Before all that may fail: a page that says so gives back what was sent, and that may not be another site's.
        app.UseMiddleware<CrossSiteGuard>();
        app.Use(static async (http, next) =>
        {
            var publication = await http.RequestServices.GetRequiredService<PublicationStore>().GetAsync(http.RequestAborted);
            SecurityHeaders.Add(http.Response, publication.MediaHosts);
            await next(http);
        });
        app.UseAuthentication();
        app.UseMiddleware<ApplicationSignIn>();
        app.UseRouting();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    private static void Map(WebApplication app)
    {
        Assets.Map(app);
        Health.Map(app);
        DiscussionRoom.Map(app);
        app.MapFeeds();
        ShowUpload.Map(app);
        ShowChange.Map(app);
        SignInRoom.Map(app);
        AccountsRoom.Map(app);
        NewsroomRoom.Map(app);
        CurationRoom.Map(app);
        ModerationRoom.Map(app);
        StatsRoom.Map(app);
        ImportRoom.Map(app);
        SetUp.Map(app);
        FollowingRoom.Map(app);
        ApiRoom.Map(app);
        AddressRouter.Map(app);
    }

    private static void Log(ILoggingBuilder logging, LogLevel level)
    {
        logging.ClearProviders().SetMinimumLevel(level);
        logging.AddFilter("Microsoft", level > LogLevel.Warning ? level : LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", level);
        // Keys lie in the database on purpose (a backup has them), and a form without its token is answered, not a fault.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement", LogLevel.Error).AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        // Its errors are a provider's; the door to them says in a line what went wrong.
        logging.AddFilter("OpenIddict", LogLevel.None).AddFilter("System.Net.Http.HttpClient", LogLevel.None);
        // Where anything of it may be logged, each request makes an activity, for scopes that we do not print: a fortieth of a cached page's cost.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // A start that fails is told in one line by the command.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None).AddFilter("Microsoft.AspNetCore.Server.Kestrel", l => l is LogLevel.Warning or LogLevel.Error);
        // Standard output belongs to what a command reports.
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}

internal static partial class CheckLog
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "The check {Check} failed and had no opinion")]
    public static partial void Failed(ILogger log, string check, Exception failure);
}
