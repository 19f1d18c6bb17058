using Broadsheet.Core.People;
using Broadsheet.Web.Features.Transfer.WordPress;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.AspNetCore.Http.Features;

namespace Broadsheet.Web.Features.Transfer.Browser;

/// <summary>Where publications move in through the browser.</summary>
internal static class ImportRoom
{
    public static IServiceCollection AddImports(this IServiceCollection services, string dataFolder) => services
        .AddSingleton<WordPressImport>().AddSingleton(s => new ImportShelf(dataFolder, s.GetRequiredService<TimeProvider>())).AddSingleton<TakeExports>().AddSingleton<ImportPages>().AddSingleton<IRecurring, ForgetExports>()
        .AddSingleton<ImportWorker>().AddHostedService(s => s.GetRequiredService<ImportWorker>());

    public static void Map(IEndpointRouteBuilder routes)
    {
        var door = routes.MapGroup("");
        door.AddEndpointFilter((context, next) =>
        {
            LetLargeFormIn(context.HttpContext);
            return next(context);
        });
        ImportPages.Map(door.MapDesk(ImportPages.Page.TrimEnd('/'), Permission.ChangeSettings));
    }

    /// <summary>An export may be large, of those who may bring one in; nobody else makes the server take so much.</summary>
    private static void LetLargeFormIn(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || CurrentPerson.Of(http)?.Role.May(Permission.ChangeSettings) != true) return;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = TakeExports.LargestForm;
        http.Features.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions { MultipartBodyLengthLimit = TakeExports.LargestForm }));
    }
}

/// <summary>Deletes exports that nobody needs any more.</summary>
internal sealed class ForgetExports(ImportShelf shelf) : IRecurring
{
    public TimeSpan Every => TimeSpan.FromHours(6);

    public Task<bool> RunAsync(CancellationToken ct)
    {
        shelf.ForgetOld();
        return Task.FromResult(false);
    }
}
