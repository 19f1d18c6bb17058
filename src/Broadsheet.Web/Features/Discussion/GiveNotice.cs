using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>Somebody gives notice that a comment breaks the law, with all that Regulation (EU) 2022/2065, article 16 (2), asks of a notice.</summary>
internal sealed class GiveNotice(IDatabaseEngine engine, ReaderSites sites, Writes writes, DiscussionFinder finder, DiscussionPages pages, CountedNetworks networks, ISharedCounts counts)
{
    private const int MostOfNetworkADay = 10;

    private readonly NetworkPace _pace = new("notices", MostOfNetworkADay, TimeSpan.FromDays(1), counts);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/discussion/notice/", (HttpContext http, GiveNotice action) => action.HandleAsync(http, http.Request.Query["comment"], null));
        routes.MapPost("/discussion/notice/", async (HttpContext http, GiveNotice action) => await PostedForm.ReadAsync(http) is var form ? await action.HandleAsync(http, form?["comment"], form) : null).DisableAntiforgery();
    }

    /// <param name="form">Null only shows the page.</param>
    private async Task<IResult> HandleAsync(HttpContext http, string? id, IFormCollection? form)
    {
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        var page = new PageRequest(http, await sites.OfAsync(http), db);
        if (DiscussionFinder.Id(id) is not { } comment || await finder.FindAsync(page, null, comment, ct) is not { Comment.Standing: Standing.Shown } target)
            return Gone(page);
        if (form is null) return Page(page, target, new NoticeFields("", "", "", "", "", false, false), null);
        var fields = new NoticeFields(form.Text("law"), form.Text("explanation"), form.Text("more"), form.Text("name"), form.Text("email"), form["children"] == "yes", form["good_faith"] == "yes");
        if (Problem(fields) is { } problem) return Page(page, target, fields, problem);
        if (networks.Of(http.Connection.RemoteIpAddress) is { } network && await _pace.TakeAsync(network) is { } wait)
        {
            http.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Page(page, target, fields, "So many notices came from your network today that no more are taken for now. Your words are below. More such comments can be named in one notice.", StatusCodes.Status429TooManyRequests);
        }
        // What was written: the mask that readers see is no evidence.
        if (await db.Comments.Where(c => c.Id == comment).Select(c => new { c.BodyHtml, c.Body, c.Format }).FirstOrDefaultAsync(ct) is not { } words) return Gone(page);
        var notice = new LegalNotice { CommentId = comment, CommentHtml = MaskedWords.Original(words.BodyHtml, words.Body, words.Format, page.Site.Publication).Value, Law = fields.Law, Explanation = fields.Explanation, More = fields.More, Name = fields.Name, Email = fields.Email };
        try
        {
            await writes.RunAsync((scope, token) => NoticeLedger.ReceiveAsync(scope, notice, token), ct);
        }
        catch (StorageException trouble)
        {
            return Page(page, target, fields, $"This could not be stored: {trouble.Message} Please try again in a moment.", StatusCodes.Status503ServiceUnavailable);
        }
        var told = fields.Email.Length > 0 ? " What is decided comes to you by mail, with the reasons." : "";
        return pages.Say(page, string.Create(CultureInfo.InvariantCulture, $"Thank you. Your notice has the number {notice.Id}. A moderator will decide on it.{told}"), StatusCodes.Status200OK, "Notice received");
    }

    private Theming.ThemedPage Gone(PageRequest page) => pages.Say(page, "There is no such comment here (any more).", StatusCodes.Status404NotFound, "Nothing to give notice of");

    private static string? Problem(NoticeFields f)
    {
        if (f.Law.Length == 0) return "Say which law it breaks, or what is unlawful about it.";
        if (f.Explanation.Length == 0) return "Explain why it is unlawful.";
        if (f.Law.Length > NoticeLedger.MaxLaw || f.Explanation.Length > NoticeLedger.MaxText || f.More.Length > NoticeLedger.MaxText || f.Name.Length > 200)
            return string.Create(CultureInfo.InvariantCulture, $"This is too long: the law may have {NoticeLedger.MaxLaw:N0} characters, the explanation and the addresses {NoticeLedger.MaxText:N0} each, the name 200.");
        if (!f.IsOfChildren && (f.Name.Length == 0 || !FollowLedger.IsAddress(f.Email))) return "Give your name and an e-mail address, such as ann@example.org. Only a notice of child abuse may come without.";
        if (f.Email.Length > 0 && !FollowLedger.IsAddress(f.Email)) return "This is no e-mail address. One looks like ann@example.org.";
        return f.IsGoodFaith ? null : "Confirm that you believe in good faith that what you write is right and complete.";
    }

    private Theming.ThemedPage Page(PageRequest page, DiscussionTarget target, NoticeFields f, string? problem, int status = StatusCodes.Status200OK)
    {
        var comment = target.Comment!;
        var view = new NoticeView(comment.Id, $"{comment.FullNumber} by {comment.AuthorName}", page.Site.Links.ToComment(page.Site.Links.To(target.Article), comment.Id, comment.FullNumber), SafeHtml.FromStore(comment.BodyHtml), f.Law, f.Explanation, f.More, f.Name, f.Email, f.IsOfChildren, f.IsGoodFaith, problem);
        return pages.Show(page, "notice", "Give notice of unlawful content", "notice", view, status);
    }

    private sealed record NoticeFields(string Law, string Explanation, string More, string Name, string Email, bool IsOfChildren, bool IsGoodFaith);
}
