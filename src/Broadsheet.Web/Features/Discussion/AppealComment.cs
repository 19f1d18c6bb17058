using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>Whoever wrote a comment that was not published asks for another look, once. Another moderator, or the same on another day, answers.</summary>
internal sealed class AppealComment(IDatabaseEngine engine, ReaderSites sites, Writes writes, DiscussionFinder finder, GuestCookies guests, DiscussionPages pages)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/discussion/appeal/", (HttpContext http, AppealComment action) => action.HandleAsync(http, http.Request.Query["c"], null));
        routes.MapPost("/discussion/appeal/", async (HttpContext http, AppealComment action) => await PostedForm.ReadAsync(http) is var form ? await action.HandleAsync(http, form?["c"], form) : null).DisableAntiforgery();
    }

    /// <param name="form">Null only shows the page.</param>
    private async Task<IResult> HandleAsync(HttpContext http, string? id, IFormCollection? form)
    {
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        var page = new PageRequest(http, await sites.OfAsync(http), db);
        if (DiscussionFinder.Id(id) is not { } commentId || await finder.FindAsync(page, null, commentId, ct) is not { Comment: { } row } target || !guests.IsOwn(http, row))
            return pages.Say(page, "There is no comment of yours at this address. Comments that you wrote without an account are yours in the browser that you wrote them in.", StatusCodes.Status404NotFound, "Not your comment");
        var fate = (await OwnFate.ReadAsync(db, [row], ct)).GetValueOrDefault(row.Id);
        if (fate is null) return pages.Say(page, row.Standing == Standing.Shown ? "This comment is published." : "This comment waits for a moderator, who will look at it without being asked.", StatusCodes.Status409Conflict, "Nothing to ask for");
        if (!fate.MayAppeal) return pages.Say(page, fate.Words(""), StatusCodes.Status409Conflict, fate.IsTakenBack ? "You deleted this comment" : "Asked once already");
        if (form is null) return Page(page, target, fate, "", null);
        var words = form.Text("words");
        if (words.Length > AppealLedger.MaxLength) return Page(page, target, fate, words, string.Create(CultureInfo.InvariantCulture, $"This is too long: {words.Length:N0} characters; up to {AppealLedger.MaxLength:N0} fit."));
        try
        {
            var isAsked = await writes.RunAsync((scope, token) => AppealLedger.AskAsync(scope, target.Article.Id, row.Id, words, token), ct);
            return isAsked ? pages.Say(page, "Thank you. A moderator will look at your comment once more. What comes of it stands where your comment stands for you, and comes by mail where you gave an address.", StatusCodes.Status200OK, "Another look")
                : pages.Say(page, "This comment was decided on a moment ago. Look at it again first.", StatusCodes.Status409Conflict, "Nothing to ask for");
        }
        catch (StorageException trouble)
        {
            return Page(page, target, fate, words, $"This could not be stored: {trouble.Message} Please try again in a moment.", StatusCodes.Status503ServiceUnavailable);
        }
    }

    private Theming.ThemedPage Page(PageRequest page, DiscussionTarget target, OwnFate fate, string words, string? problem, int status = StatusCodes.Status200OK)
    {
        var (row, title) = (target.Comment!, target.Article.TitleText.Length > 0 ? target.Article.TitleText : "Untitled");
        var view = new AppealView(row.Id, title, $"{page.Site.Links.To(target.Article)}#comments", SafeHtml.FromStore(row.BodyHtml), fate.Words(""), words, problem);
        return pages.Show(page, "appeal", "Ask for another look", "appeal", view, status);
    }
}
