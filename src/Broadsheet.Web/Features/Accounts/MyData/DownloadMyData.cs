using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Accounts.MyData;

/// <summary>Gives somebody all that is known here about them, at once and as one JSON file (GDPR, articles 15 and 20). Only after a fresh sign-in: a browser that was left open tells nothing.</summary>
internal sealed class DownloadMyData(IDatabaseEngine engine, ReaderSites sites, DeskPages pages, TimeProvider clock)
{
    private const string Page = "/account/data/";

    // A file of its own, never part of a page: names are readable in it.
    private static readonly MyDataJson Json = new(new JsonSerializerOptions(MyDataJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/data/", (HttpContext http, DownloadMyData action) => action.ShowAsync(http));
        room.MapPost("/data/", (HttpContext http, DownloadMyData action) => action.HandleAsync(http));
    }

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        if (!CurrentPerson.Of(http)!.IsFresh(clock.GetUtcNow())) return SignInAgain();
        var days = (await sites.OfAsync(http)).Publication.KeepAddressDays;
        return await pages.ShowAsync<MyDataPage>(http, new MyDataPage.Content(days));
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var person = CurrentPerson.Of(http)!;
        if (!person.IsFresh(clock.GetUtcNow())) return SignInAgain();
        var (ct, site) = (http.RequestAborted, await sites.OfAsync(http));
        await using var db = engine.Open();
        var document = await MakeAsync(db, site, person.Id, ct);
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=my-data-{clock.GetUtcNow():yyyy-MM-dd}.json");
        await JsonSerializer.SerializeAsync(http.Response.Body, document, Json.MyDataDocument, ct);
        return Results.Empty;
    }

    private async Task<MyDataDocument> MakeAsync(BroadsheetDb db, ReaderSite site, long id, CancellationToken ct)
    {
        var p = await db.Users.SingleAsync(u => u.Id == id, ct);
        // What else came to an address that they never proved may be somebody else's.
        var address = FollowLedger.Fold(p.Email ?? "");
        var folded = p.EmailConfirmed ? address : "";
        var mails = p.EmailConfirmed ? db.Mails.Where(m => address.Length > 0 && m.EmailFolded == address) : AccountMailLedger.OfAccount(db.Mails, address);
        var picture = await db.Avatars.Where(a => a.PersonId == id).Select(a => a.Picture).FirstOrDefaultAsync(ct);
        var twoSteps = await db.TwoSteps.Where(t => t.PersonId == id && t.OnAt != null).Select(t => new MyTwoSteps(t.OnAt!.Value, db.RecoveryCodes.Count(c => c.PersonId == id && c.UsedAt == null))).FirstOrDefaultAsync(ct);
        var (comments, number) = (db.Comments.Where(c => c.PersonId == id), id.ToString(CultureInfo.InvariantCulture));
        return new MyDataDocument(
            $"All that {site.Publication.Title} knows about {p.DisplayName}.", clock.GetUtcNow(), site.Links.Absolute("/"), site.Publication.KeepAddressDays,
            new MyAccount(p.Id, p.DisplayName, p.Email, p.EmailConfirmed, p.UserName ?? "", p.Role.ToString(), p.Url, p.Bio, p.JoinedAt, p.SignedInAt, p.PasswordHash is not null, p.HasPage, p.ShowsLikes, p.LeavesAt),
            picture is null ? null : Convert.ToBase64String(picture),
            EachAsync(db.NameChanges.Where(c => c.PersonId == id).OrderBy(c => c.Id).Select(c => new MyNameChange(c.Before, c.After, c.At))),
            EachAsync(db.UserLogins.Where(l => l.UserId == id).Select(l => new MyWayIn(l.LoginProvider, l.ProviderDisplayName))),
            EachAsync(db.Passkeys.Where(k => k.PersonId == id).OrderBy(k => k.Id).Select(k => new MyPasskey(k.Name, k.CreatedAt, k.UsedAt))),
            twoSteps,
            EachAsync(db.ApplicationPasswords.Where(a => a.PersonId == id).OrderBy(a => a.CreatedAt).Select(a => new MyApplicationPassword(a.Name, a.CreatedAt, a.UsedAt, a.Address))),
            EachAsync(db.Sessions.Where(s => s.PersonId == id).OrderBy(s => s.Id).Select(s => new MySession(s.BeganAt, s.SeenAt, s.EndedAt, s.Way, s.UserAgent, s.Address))),
            CommentsAsync(site, db, comments),
            EachAsync(db.CommentRevisions.Where(r => comments.Any(c => c.Id == r.CommentId)).OrderBy(r => r.Id).Select(r => new MyRevision(r.CommentId, r.Body, r.At))),
            EachAsync(db.Likes.Where(l => l.PersonId == id).OrderBy(l => l.Id).Select(l => new MyLike(l.ArticleId, l.CommentId, l.At))),
            EachAsync(db.CommentReports.Where(r => r.PersonId == id).OrderBy(r => r.Id).Select(r => new MyReport(r.CommentId, r.Reason.ToString(), r.Note, r.At, r.WantsAnswer, r.HandledAt, r.IsUpheld))),
            EachAsync(db.Appeals.Where(a => comments.Any(c => c.Id == a.CommentId)).OrderBy(a => a.At).Select(a => new MyAppeal(a.CommentId, a.Words, a.State.ToString(), a.At))),
            EachAsync(db.Warnings.Where(w => w.PersonId == id).OrderBy(w => w.Id).Select(w => new MyWarning(w.CommentId, w.Words, w.At, w.ReadAt))),
            EachAsync(db.StaffNotes.Where(n => n.PersonId == id).OrderBy(n => n.Id).Select(n => new MyNote(n.Words, n.At))),
            EachAsync(db.Bans.Where(b => b.Kind == BanKind.Person && b.Value == number).OrderBy(b => b.Id).Select(b => new MyBan(b.Reason, b.Since, b.Until, b.LiftedAt))),
            EachAsync(db.Mutes.Where(m => m.PersonId == id).OrderBy(m => m.At).Select(m => new MyMute(m.Name, m.At))),
            EachAsync(db.Visits.Where(v => v.PersonId == id).OrderBy(v => v.At).Select(v => new MyVisit(v.ArticleId, v.At))),
            EachAsync(db.Subscriptions.Where(s => s.PersonId == id || (folded.Length > 0 && s.EmailFolded == folded)).OrderBy(s => s.Id)
                .Select(s => new MySubscription(s.Kind.ToString(), s.ArticleId == 0 ? null : s.ArticleId, s.Frequency.ToString(), s.State.ToString(), s.AskedAt, s.ConfirmedAt, s.EndedAt))),
            EachAsync(mails.OrderBy(m => m.Id).Select(m => new MyMail(m.Kind.ToString(), m.State.ToString(), m.CreatedAt))),
            ArticlesAsync(site, db, id),
            EachAsync(db.Decisions.Where(d => d.PersonId == id).OrderBy(d => d.Id).Select(d => new MyDecision(d.CommentId, d.From.ToString(), d.To.ToString(), d.At))));
    }

    /// <summary>The query's reader is closed with its last row: the serializer itself closes it later, and PostgreSQL reads one thing at a time.</summary>
    private static async IAsyncEnumerable<T> EachAsync<T>(IQueryable<T> rows)
    {
        await foreach (var row in rows.AsAsyncEnumerable()) yield return row;
    }

    private static async IAsyncEnumerable<MyComment> CommentsAsync(ReaderSite site, BroadsheetDb db, IQueryable<Comment> own)
    {
        var rows = own.OrderBy(c => c.Id).Join(db.Articles, c => c.ArticleId, a => a.Id, (c, a) => new { Comment = c, a.TitleText });
        await foreach (var row in rows.AsAsyncEnumerable())
        {
            var c = row.Comment;
            yield return new MyComment(c.Id, Short(site, c.ArticleId, c.Id), row.TitleText, c.FullNumber?.ToString(), c.Standing.ToString(), c.At, c.EditedAt, c.AuthorName, c.AuthorEmail, c.AuthorUrl, c.Body, c.AuthorIp, c.UserAgent);
        }
    }

    private static async IAsyncEnumerable<MyArticle> ArticlesAsync(ReaderSite site, BroadsheetDb db, long id)
    {
        await foreach (var a in db.Articles.Where(a => a.AuthorId == id).OrderBy(a => a.Id).Select(a => new { a.Id, a.TitleText, a.Status, a.PublishedAt }).AsAsyncEnumerable())
            yield return new MyArticle(a.Id, Short(site, a.Id, null), a.TitleText, a.Status.ToString(), a.PublishedAt);
    }

    /// <summary>An address that leads there whatever the permalinks are.</summary>
    private static string Short(ReaderSite site, long article, long? comment) => site.Links.Absolute(string.Create(CultureInfo.InvariantCulture, $"/?p={article}{(comment is null ? "" : $"#comment-{comment}")}"));

    private static IResult SignInAgain() => TypedResults.Redirect(FreshSignIn.Address(Page));
}
