using System.Globalization;
using Broadsheet.Core;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>
/// A reader answers an article, at WordPress's own address and with its fields. Works without script: post, then redirect.
/// Statuses are WordPress's: 302 when stored, 403 where nobody may comment, 409 twice the same, 429 too quick, 200 with the form again where something is missing.
/// </summary>
internal sealed class PostComment(
    IDatabaseEngine engine, ReaderSites sites, RememberedArticles articles, ArticlePages pages, Writes writes, JudgeComment judge, ReplyTokens tokens, ModerationHashes hashes, PostPasswords passwords, PageViews views, GuestCookies guests, FloodGate flood, FollowRequests follow, PublicAddress address, CountedNetworks networks, KeptReplies kept, TimeProvider clock)
{
    /// <summary>The form's field of who was asked to think again.</summary>
    private const string Nudged = "nudged";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/wp-comments-post.php", (HttpContext http, PostComment action) => action.HandleAsync(http)).DisableAntiforgery();

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var site = await sites.OfAsync(http);
        await using var db = engine.Open();
        var page = new PageRequest(http, site, db);
        if (await PostedForm.ReadAsync(http) is not { } form) return NotStored(page, "", "What was sent is no form, was damaged on its way, or has a field larger than this server takes.", StatusCodes.Status400BadRequest);
        _ = long.TryParse(form["comment_post_ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var articleId);
        if (await articles.FindAsync(db, articleId, ct) is not { } article) return NoArticle(page, form["comment"].ToString());
        var parent = long.TryParse(form["comment_parent"], NumberStyles.None, CultureInfo.InvariantCulture, out var parentId) && parentId > 0
            ? await db.Comments.Where(c => c.Id == parentId && c.ArticleId == articleId).AsRows().FirstOrDefaultAsync(ct) : null;
        var submission = new Submission(page, article, parent, form, CurrentPerson.Of(http), DiscussionDoor.Of(site.Publication, article, clock.GetUtcNow()));
        if (await HiddenAsync(submission, ct) is { } why) return NotStored(page, submission.Fields.Body, why, StatusCodes.Status403Forbidden);
        if (Refuse(submission, parentId) is { } refusal) return await AgainAsync(submission, refusal, StatusCodes.Status403Forbidden);
        var draft = Check(submission);
        if (draft.Problem is { } problem) return await AgainAsync(submission, problem, StatusCodes.Status200OK);
        if (form.ContainsKey("preview")) return await AgainAsync(submission, null, StatusCodes.Status200OK, MaskedWords.In(CommentText.Render(draft.Value.Body, site.Publication.Language), site.Publication));
        try
        {
            var (signed, trust, isWarned) = await SignAsync(db, draft.Value, submission.Person, ct);
            if (isWarned) return await AgainAsync(submission, new Problem("comment", "A moderator has a word for you: read it at /account/warnings/ and say so there. Then send your comment again; your words are below."), StatusCodes.Status403Forbidden);
            return await StoreAsync(submission, signed, Writer.Of(submission.Person, trust, site.Publication), ct);
        }
        catch (StorageException trouble)
        {
            http.Response.Headers.RetryAfter = "30";
            return await AgainAsync(submission, new Problem("comment", $"Your comment could not be stored: {Lower(trouble.Message)} Your words are still in the form below; please send them again in a moment."), StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Whoever is signed in writes as their account says, whatever the form does.</summary>
    private static async Task<(CommentDraft Draft, CommenterTrust Trust, bool IsWarned)> SignAsync(BroadsheetDb db, CommentDraft draft, CurrentPerson? person, CancellationToken ct) =>
        person is not null && await db.Users.Where(u => u.Id == person.Id).Select(u => new { u.DisplayName, u.Email, u.Url, u.Trust, IsWarned = db.Warnings.Any(w => w.PersonId == u.Id && w.ReadAt == null) }).FirstOrDefaultAsync(ct) is { } account
            ? (draft.SignedBy(account.DisplayName, account.Email ?? "", account.Url), account.Trust, account.IsWarned) : (draft, CommenterTrust.Usual, false);

    /// <summary>Where readers do not see the article either: nothing of it may be shown.</summary>
    private async ValueTask<string?> HiddenAsync(Submission s, CancellationToken ct) =>
        !await ArticleVisibility.IsPublicAsync(s.Page.Db, s.Article, ct) ? "This article is not published, so it takes no comments."
        : s.Article.IsProtected && !passwords.IsOpen(s.Page.Http, s.Article) ? "This article wants its password before it takes comments." : null;

    /// <summary>A page without the article that gives the words back.</summary>
    private ThemedPage NotStored(PageRequest page, string words, string why, int status)
    {
        const string Heading = "Your comment was not stored";
        return new ThemedPage("error", views.Site(page.Site, "/"), HeadViews.Page(page.Site, Heading, "", null, "noindex"), status).With("error", new ErrorView(status, Heading, why, [], words));
    }

    private ThemedPage NoArticle(PageRequest page, string words) => NotStored(page, words, "There is no such article here (any more).", StatusCodes.Status404NotFound);

    /// <summary>Where nobody, or not this reader, may comment.</summary>
    private static Problem? Refuse(Submission s, long parentId)
    {
        if (s.Door.Refuses(s.Person) is { } why) return new Problem("comment", why);
        if (parentId > 0 && s.Parent?.Standing != Standing.Shown) return new Problem("comment", "The comment that you answer is not shown (any more).");
        return null;
    }

    private Outcome<CommentDraft> Check(Submission s)
    {
        var publication = s.Page.Site.Publication;
        var token = s.Form["reply_token"].ToString();
        if (token.Length > 0 && tokens.Read(token, s.Article.Id, clock.GetUtcNow()) is null)
            return new Problem("comment", "This page was open for so long that its form has run out. Your words are below: please send them again.");
        if (s.Parent is { } parent && parent.Depth + 1 >= publication.ThreadDepth) return new Problem("comment", "This thread goes no deeper: please answer an earlier comment.");
        // Whoever wants mail must say where.
        if (s.Person is null && FollowChoices.Kinds(s.Follow).Count > 0 && !FollowLedger.IsAddress(s.Form["email"].ToString().Trim()))
            return new Problem("email", "Give an e-mail address, such as ann@example.org, for the mail that you asked for; it is not shown.");
        if (s.Person is null && PersonName.PassesForStaff(s.Fields.Author ?? "", s.Page.Site.Index.StaffNames, s.Page.Site.Publication.Title)) return new Problem("author", "This is the name of one of our staff, or looks like it. Sign in if it is yours; else give another.");
        return CommentDraft.Read(s.Fields, publication.NameAndEmailRequired && s.Person is null);
    }

    private async Task<IResult> StoreAsync(Submission s, CommentDraft draft, Writer writer, CancellationToken ct)
    {
        var (http, site, db) = s.Page;
        var now = clock.GetUtcNow();
        var from = http.Connection.RemoteIpAddress;
        var origin = new CommentOrigin(s.Person?.Id, from?.ToString() ?? "", Cut(http.Request.Headers.UserAgent.ToString(), 250), now, site.Publication.Local(now));
        // Who is too quick costs a look or two into the database, not a rendering.
        var unread = Comment.Write(draft, SafeHtml.Empty, origin, Standing.Held, null);
        if (!writer.IsModerator && await flood.IsTooQuickAsync(db, unread, from, Pace(s), ct) && await WriteAsync(unread, null) is { } soon) return await RefusedAsync(s, soon);
        var judged = new Judged(null, draft, origin, CommentText.Render(draft.Body, site.Publication.Language), writer);
        var facts = await judge.FactsAsync(s.Page, s.Door, judged, ct);
        if (judge.Refuses(facts, judged) is { } ban) return await RefusedAsync(s, new EarlyRefusal(new Problem("comment", BanWords.Of(ban, site)), StatusCodes.Status403Forbidden));
        var verdict = await judge.JudgeAsync(s.Page, s.Article, judged, new Typing(s.Form["website_url"].ToString(), TypingTime(s.Form, now), s.HasToken) { Token = s.Form["reply_token"].ToString(), Work = s.Form["work"].ToString() }, facts, ct);
        if (verdict.IsRude && s.HasToken && !s.Form.ContainsKey(Nudged))
        {
            await judge.TakeBackAsync(s.Page, facts, judged);
            return await AgainAsync(s, new Problem("comment", "This may read as an insult or a threat. Change it, or send it as it is: then a moderator reads it first."), StatusCodes.Status200OK, isNudged: true);
        }
        var comment = Comment.Write(draft, MaskedWords.In(judged.Html, site.Publication), origin, verdict.Standing, verdict.Screening);
        if (await WriteAsync(comment, (scope, token) => AddAsync(scope, comment, judged, verdict, token)) is { } no) return await RefusedAsync(s, no);
        Remember(s, draft, comment.Id);
        await kept.ForgetAsync(http);
        await FollowAsync(s, comment, ct);
        return TypedResults.Redirect(Destination(s, comment));

        Task<EarlyRefusal?> WriteAsync(Comment given, Func<WriteScope, CancellationToken, Task>? store) => writes.RunAsync(async (scope, token) =>
        {
            CommentLedger.TakeTurnWithNext(scope, given.ArticleId);
            if (!writer.IsModerator && await flood.RefuseAsync(scope, given, from, Pace(s), token) is { } early) return early;
            if (store is not null) await store(scope, token);
            return null;
        }, ct);
    }

    private static async Task AddAsync(WriteScope scope, Comment comment, Judged judged, Judgement verdict, CancellationToken ct)
    {
        await CommentLedger.AddAsync(scope, comment, ct, judged.Print);
        if (verdict.AsksAgain) CommentLedger.AskAgain(scope, comment.Id);
        if (verdict.Silences) await SilenceLedger.SilenceAsync(scope, comment, ct);
    }

    /// <summary>Only for what may be shown: what the checks throw away asks nobody anything. The comment is stored by now, and nothing here takes it back.</summary>
    private async Task FollowAsync(Submission s, Comment comment, CancellationToken ct)
    {
        var kinds = FollowChoices.Kinds(s.Follow);
        if (kinds.Count == 0 || comment.Standing is not (Standing.Shown or Standing.Held) || !FollowLedger.IsAddress(comment.AuthorEmail)) return;
        try
        {
            await follow.AskAsync(new FollowWish(comment.AuthorEmail, s.Person?.Id, s.Article.Id, kinds, MailFrequency.Immediate, address.Of(s.Page.Http.Request), networks.Of(s.Page.Http.Connection.RemoteIpAddress)), ct);
        }
        catch (StorageException)
        {
            // The disk filled up in between. To follow can be asked again, below the discussion.
        }
    }

    private static Pace Pace(Submission s) => new(TimeSpan.FromSeconds(s.Page.Site.Publication.FloodSeconds), TimeSpan.FromSeconds(s.Door.SlowSeconds));

    /// <summary>In the writer's browser: for a year, who agreed; else only what proves that these words are theirs, while they may change them.</summary>
    private void Remember(Submission s, CommentDraft draft, long commentId)
    {
        var (http, minutes) = (s.Page.Http, s.Page.Site.Publication.EditMinutes);
        if (s.Form["wp-comment-cookies-consent"] == "yes") guests.Remember(http, new Guest(draft.AuthorName, draft.AuthorEmail, draft.AuthorUrl), commentId);
        else if (s.Person is null && minutes > 0) guests.RememberOwn(http, commentId, TimeSpan.FromMinutes(minutes));
    }

    private async Task<IResult> RefusedAsync(Submission s, EarlyRefusal refusal)
    {
        if (refusal.RetryAfter is { } wait) s.Page.Http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return await AgainAsync(s, refusal.Problem, refusal.Status);
    }

    private string Destination(Submission s, Comment comment)
    {
        var url = s.Page.Site.Links.To(s.Article);
        if (comment.Standing == Standing.Shown)
            return LocalAddress.Of(s.Form["redirect_to"], s.Page.Site.Links.ToComment(url, comment.Id, comment.FullNumber));
        var separator = url.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return string.Create(CultureInfo.InvariantCulture, $"{url}{separator}unapproved={comment.Id}&moderation-hash={hashes.Make(comment.Id)}#comment-{comment.Id}");
    }

    /// <summary>The article's page once more, with the writer's words in the form and what is wrong beside them.</summary>
    /// <param name="problem">Null where nothing is wrong: the writer asked for a preview.</param>
    /// <param name="isNudged">Its writer was asked to think again: once is enough.</param>
    private async Task<IResult> AgainAsync(Submission s, Problem? problem, int status, SafeHtml? preview = null, bool isNudged = false)
    {
        var form = new ReplyFormState(s.Fields.Body, s.Fields.Author ?? "", s.Fields.Email ?? "", s.Fields.Url ?? "", s.Form["wp-comment-cookies-consent"] == "yes", s.Parent?.Standing == Standing.Shown ? s.Parent : null, problem, s.Person?.Name, true, preview) { Follow = s.Follow, IsNudged = isNudged || s.Form.ContainsKey(Nudged) };
        var (db, ct) = (s.Page.Db, s.Page.Http.RequestAborted);
        // Only here are the body and today's counts wanted.
        if (await db.Articles.Where(a => a.Id == s.Article.Id).AsRows(db, withBody: true).FirstOrDefaultAsync(ct) is not { } article) return NoArticle(s.Page, s.Fields.Body);
        var commentPage = s.Parent?.FullNumber?.Page(s.Page.Site.Publication.CommentsPerPage);
        return await pages.ShowAsync(s.Page, article, 1, ThreadPart.Of(s.Page.Http.Request, s.Page.Site.Publication, article.LastNumber, commentPage), ct, form, status) ?? TypedResults.StatusCode(status);
    }

    /// <summary>The script sends when the form was first touched, in milliseconds since 1970 by the server's clock.</summary>
    private static TimeSpan? TypingTime(IFormCollection form, DateTimeOffset now) =>
        long.TryParse(form["started_at"], NumberStyles.None, CultureInfo.InvariantCulture, out var started) && started > 0 && started <= now.ToUnixTimeMilliseconds() + 60_000
            ? now - DateTimeOffset.FromUnixTimeMilliseconds(started) : null;

    private static string Cut(string text, int max) => text.Length > max ? text[..max] : text;

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];

    private sealed record Submission(PageRequest Page, ArticleRow Article, CommentRow? Parent, IFormCollection Form, CurrentPerson? Person, DiscussionDoor Door)
    {
        public CommentFields Fields { get; } = new(Article.Id, Parent?.Id, Form["comment"].ToString(), Person?.Name ?? Form["author"], Person is null ? Form["email"] : "", Form["url"]);

        public FollowChoicesView Follow { get; } = FollowChoices.Read(Form);

        public bool HasToken => Form["reply_token"].ToString().Length > 0;
    }
}
