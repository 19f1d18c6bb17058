using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>A reader tells the newsroom what is wrong in an article. Name and address are theirs to give.</summary>
internal sealed class AskForCorrection(IDatabaseEngine engine, ReaderSites sites, Writes writes, DiscussionFinder finder, DiscussionPages pages, CountedNetworks networks, ISharedCounts counts)
{
    private const int MostOfNetworkADay = 10;

    private readonly NetworkPace _pace = new("corrections", MostOfNetworkADay, TimeSpan.FromDays(1), counts);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/corrections/ask/", (HttpContext http, AskForCorrection action) => action.HandleAsync(http, http.Request.Query["article"], null));
        routes.MapPost("/corrections/ask/", async (HttpContext http, AskForCorrection action) => await PostedForm.ReadAsync(http) is var form ? await action.HandleAsync(http, form?["article"], form) : null).DisableAntiforgery();
    }

    /// <param name="form">Null only shows the page.</param>
    private async Task<IResult> HandleAsync(HttpContext http, string? id, IFormCollection? form)
    {
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        var page = new PageRequest(http, await sites.OfAsync(http), db);
        if (!page.Site.Publication.TakesCorrections || DiscussionFinder.Id(id) is not { } article || await finder.FindAsync(page, article, null, ct) is not { Article: { Kind: ArticleKind.Article, Status: ArticleStatus.Published } row })
            return pages.Say(page, "There is no such article here (any more), or corrections are not taken by this form.", StatusCodes.Status404NotFound, "Nothing to correct");
        if (form is null) return Page(page, row, new CorrectionRequest(), null);
        var request = new CorrectionRequest { ArticleId = article, Words = form.Text("words").ReplaceLineEndings("\n"), Name = form.Text("name").ReplaceLineEndings(" "), Email = form.Text("email") };
        if (Problem(request) is { } problem) return Page(page, row, request, problem, StatusCodes.Status422UnprocessableEntity);
        if (networks.Of(http.Connection.RemoteIpAddress) is { } network && await _pace.TakeAsync(network) is { } wait)
        {
            http.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Page(page, row, request, "So many requests came from your network today that no more are taken for now. Your words are below.", StatusCodes.Status429TooManyRequests);
        }
        try
        {
            if (!await writes.RunAsync((scope, token) => CorrectionLedger.ReceiveAsync(scope, request, token), ct))
                return Page(page, row, request, "Many readers have asked for corrections of this article already, and the newsroom has not come to them yet. Please try again on another day. Your words are below.", StatusCodes.Status429TooManyRequests);
        }
        catch (StorageException trouble)
        {
            return Page(page, row, request, $"This could not be stored: {trouble.Message} Please try again in a moment.", StatusCodes.Status503ServiceUnavailable);
        }
        var told = request.Email.Length > 0 ? " If there is something to tell you, it comes by mail." : "";
        return pages.Say(page, $"Thank you. The newsroom will look at it.{told}", StatusCodes.Status200OK, "Received");
    }

    private static string? Problem(CorrectionRequest r)
    {
        if (r.Words.Length == 0) return "Say in a few words what is wrong.";
        if (r.Words.Length > CorrectionRequest.MaxWords) return string.Create(CultureInfo.InvariantCulture, $"This is too long: {r.Words.Length:N0} characters; up to {CorrectionRequest.MaxWords:N0} fit.");
        if (r.Name.Length > CorrectionRequest.MaxName) return string.Create(CultureInfo.InvariantCulture, $"The name is too long: up to {CorrectionRequest.MaxName:N0} characters fit.");
        return r.Email.Length == 0 || FollowLedger.IsAddress(r.Email) ? null : "This is no e-mail address. One looks like ann@example.org.";
    }

    private Theming.ThemedPage Page(PageRequest page, ArticleRow row, CorrectionRequest request, string? problem, int status = StatusCodes.Status200OK)
    {
        var article = new LinkView(row.TitleText.Length > 0 ? row.TitleText : "Untitled", page.Site.Links.To(row));
        return pages.Show(page, "correction-request", "Ask for a correction", "request", new CorrectionRequestView(row.Id, article, request.Words, request.Name, request.Email, problem), status);
    }
}
