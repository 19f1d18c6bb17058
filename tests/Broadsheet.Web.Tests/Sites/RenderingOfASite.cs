using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Sites;

internal static class RenderingOfASite
{
    /// <summary>Lets the site notice that its bodies want rendering, and waits until all are rendered.</summary>
    public static async Task RenderAgainAsync(this BroadsheetSite site)
    {
        var publications = site.App.Services.GetRequiredService<PublicationStore>();
        await new NoticeNewRendering(site.Engine, site.Writes, publications).RunAsync(CancellationToken.None);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (await publications.GetAsync(patience.Token) is var now && now.RenderedWith != ArticleRendering.StateOf(now)) await Task.Delay(50, patience.Token);
    }
}
