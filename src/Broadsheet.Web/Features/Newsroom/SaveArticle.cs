using System.Globalization;
using System.Text.RegularExpressions;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Newsroom.Uploads;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>The editor's form comes in: saved, scheduled, published or previewed. What someone else saved meanwhile is never overwritten unseen.</summary>
internal sealed partial class SaveArticle(IDatabaseEngine engine, Writes writes, ArticleRendering rendering, PublicationStore publications, SiteIndexStore indexes, EditorPages editor, DeskPages pages, Notices notices, AddUpload uploads, TimeProvider clock)
{
    public static void Map(RouteGroupBuilder room, ArticleKind kind)
    {
        room.MapPost("/new/", (HttpContext http, SaveArticle action) => action.HandleAsync(http, kind, 0));
        room.MapPost("/{id:long}/", (HttpContext http, long id, SaveArticle action) => action.HandleAsync(http, kind, id));
    }

    private async Task<IResult> HandleAsync(HttpContext http, ArticleKind kind, long id)
    {
        var ct = http.RequestAborted;
        var person = CurrentPerson.Of(http)!;
        var form = await http.Request.ReadFormAsync(ct);
        await using var db = engine.Open();
        var stored = id == 0 ? null : await db.Articles.FirstOrDefaultAsync(a => a.Id == id && a.Kind == kind, ct);
        if (id != 0 && stored is null) return await EditArticle.GoneAsync(pages, http);
        var deed = Deeds.Parse(form["deed"]) ?? Deed.Draft;
        if (Refuse(person, kind, stored, deed)) return await pages.SayAsync(http, StatusCodes.Status403Forbidden, "This is not yours to do", "An editor can do it, or publish it for you.", "/newsroom/articles/", "Your articles");
        var words = Own(ArticleForm.Read(form), person, stored);
        // An import's line ends are kept as they came where nobody changed the words.
        if (stored is not null && stored.Body.ReplaceLineEndings("\n") == words.Body) words = words with { Body = stored.Body };
        if (deed == Deed.Preview) return await PreviewAsync(http, kind, stored, words);
        if (stored is { Status: ArticleStatus.Trashed })
            return await editor.ShowAsync(http, kind, stored, words, new Dictionary<string, string>(StringComparer.Ordinal) { ["title"] = "It was moved to the trash meanwhile, and nothing was saved. Take it out of the trash first; your words are below." }, status: StatusCodes.Status409Conflict);
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var publication = await publications.GetAsync(ct);
        var edit = deed.Apply(ArticleForm.ToEdit(words, kind, problems), words.Date, stored, publication, clock.GetUtcNow(), problems) with { AuthorId = words.Author };
        edit = await KnownAsync(db, edit, words, stored, person, problems, ct);
        if (edit.Change != ChangeKind.Small && stored is { Status: ArticleStatus.Published } && !problems.ContainsKey("change_note") && (stored.Title, stored.Body, stored.Excerpt) == (edit.Title, edit.Body, edit.Excerpt))
            problems["change_note"] = "The words are as they were: there is no change to tell readers of.";
        if (edit.Change == ChangeKind.Small && words.ChangeNote.Length > 0 && stored is { Status: ArticleStatus.Published } && edit.Status == ArticleStatus.Published)
            problems["change_note"] = "You say what changed, and readers are not told of a small change: choose a correction or an update, or empty this field.";
        if (edit.Title.Length == 0 && edit.Status is ArticleStatus.Published or ArticleStatus.Scheduled && stored?.Status != edit.Status) problems["title"] = "Give a headline: readers find the article by it.";
        if (stored is null && edit.Title.Length == 0 && string.IsNullOrWhiteSpace(edit.Body) && edit.Excerpt.Length == 0) problems.TryAdd("title", "There is nothing to keep yet: write a headline or some words first.");
        if (form.Files["image_file"] is { Length: > 0 } file && problems.Count == 0)
        {
            var added = await uploads.AddAsync(Uploads.SentFile.Of(file), AddUpload.MaxBytes, "", person, ct);
            if (added.Problem is { } refused) problems["image_file"] = refused.Message;
            else (words, edit) = (words with { Image = added.Value }, edit with { FeaturedImageId = added.Value, Focus = null });
        }
        var text = await rendering.RenderAsync(edit, id, ct);
        if (text.Problem is { } unread) problems["body"] = unread.Message;
        // What the outlet's own terms added to a credit is no field of the form.
        if (edit.Credit is { } credit && stored?.Credit is { } before) edit = edit with { Credit = credit.Under(before.ExcerptWords, before.Format, before.Retrieved) };
        var breach = await TermsGuard.BreachAsync(db, id, edit.Credit, text.BodyHtml, ct);
        if (breach is not null && CreditFields.WhyNot(words, breach, person.Role.May(Permission.Curate)) is { } beyond) problems["terms"] = beyond;
        if (problems.Count > 0 && form.Files["image_file"] is { Length: > 0 } && words.Image is null) problems.TryAdd("image_file", "Choose the picture again: a file does not stay in a form that is shown once more.");
        if (problems.Count > 0) return await editor.ShowAsync(http, kind, stored, words, problems, status: StatusCodes.Status422UnprocessableEntity);
        var saved = await StoreAsync(publication, stored, edit, text, words, breach, person, ct);
        return saved.Theirs is { } theirs ? await ConflictAsync(http, kind, words, theirs, ct) : await DoneAsync(http, kind, saved.Id, deed, stored?.Status, ct);
    }

    private static bool Refuse(CurrentPerson person, ArticleKind kind, Article? stored, Deed deed) =>
        !ArticleRights.MayWrite(person, kind) || (stored is not null && !ArticleRights.MayEdit(person, kind, stored.AuthorId, stored.Status))
        || (deed.TakesPublishing(stored?.Status ?? ArticleStatus.Draft) && !ArticleRights.MayPublish(person, kind, stored is null ? person.Id : stored.AuthorId));

    /// <summary>Whoever may not edit what others wrote signs with their own name, and puts nothing on top of the front page.</summary>
    private static EditorPage.Form Own(EditorPage.Form words, CurrentPerson person, Article? stored)
    {
        var mayAny = person.Role.May(Permission.EditAny);
        if (!mayAny) words = words with { Author = stored is null ? person.Id : stored.AuthorId, Sticky = stored?.IsSticky ?? false, Parent = stored?.ParentId };
        if (!person.Role.May(Permission.ManageTerms)) words = words with { NewCategory = "" };
        // The focal point of the picture that was here is none of the one that takes its place.
        if (stored is { Focus: { } focus } && words.Image != stored.FeaturedImageId && FocalPoint.Of(words.FocusAcross, words.FocusDown) == focus) words = words with { FocusAcross = 50, FocusDown = 50 };
        return words.Author is null ? words with { Author = stored is null ? person.Id : null } : words;
    }

    /// <summary>Ids that a form names are ids of things that are here.</summary>
    private async Task<ArticleEdit> KnownAsync(BroadsheetDb db, ArticleEdit edit, EditorPage.Form words, Article? stored, CurrentPerson person, Dictionary<string, string> problems, CancellationToken ct)
    {
        var index = await indexes.GetAsync(ct);
        if (edit.FeaturedImageId is { } image && !await db.Media.AnyAsync(m => m.ArticleId == image, ct)) problems["image"] = "This picture is not here any more.";
        if (edit.AuthorId is { } author && author != person.Id && !index.Authors.ContainsKey(author)) problems["author"] = "This author is not known here.";
        if (edit.Kind == ArticleKind.Page && edit.ParentId is { } parent && parent != stored?.ParentId)
        {
            var page = index.Pages.FirstOrDefault(p => p.Id == parent);
            if (page is null || (stored is not null && EditorPages.IsBelow(index, page, stored.Id))) problems["parent"] = "Choose a published page that does not stand below this one.";
        }
        return edit with
        {
            Categories = [.. edit.Categories.Where(index.Categories.ContainsKey)],
            ParentId = edit.Kind == ArticleKind.Page ? edit.ParentId : stored?.ParentId,
            MenuOrder = edit.Kind == ArticleKind.Page ? edit.MenuOrder : stored?.MenuOrder ?? 0,
        };
    }

    private async Task<(long Id, Article? Theirs)> StoreAsync(Publication publication, Article? stored, ArticleEdit edit, ArticleText text, EditorPage.Form words, string? breach, CurrentPerson person, CancellationToken ct)
    {
        var id = stored?.Id ?? 0;
        if (stored is { Status: not (ArticleStatus.Published or ArticleStatus.Private) } && (edit.Slug.Length == 0 || (edit.Slug == stored.Slug && stored.Slug == Slug.From(stored.TitleText, fallback: ""))))
            // Until readers have seen it, the address follows the headline, unless someone chose one.
            edit = edit with { Slug = Slug.From(text.TitleText, fallback: stored.Slug) };
        return await writes.RunAsync(async (scope, token) =>
        {
            if (id != 0)
            {
                // One after the other, also on PostgreSQL: the second sees what the first has saved.
                await CommentLedger.TakeTurnAsync(scope, id, token);
                var now = await scope.Db.Articles.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, token);
                if (now is null || ArticleForm.Stamp(now.ModifiedAt) != words.Modified) return (id, now);
            }
            if (words.NewCategory.Length > 0)
                edit = edit with { Categories = [.. edit.Categories, await TermLedger.FindOrAddAsync(scope, Term.Category, words.NewCategory, words.NewCategoryParent, token)] };
            await DraftLedger.DropAsync(scope, person.Id, edit.Kind, id, words.Draft, token);
            var article = await ArticleLedger.SaveAsync(scope, publication, id, edit, text, person.Id, token);
            if (breach is not null)
            {
                WireDecisions.Override(scope, article, person.Id, words.TermsReason, breach);
                AuditLedger.Note(scope, person.Id, "articles", $"“{text.TitleText}” goes beyond its outlet's terms: {words.TermsReason}");
            }
            return (article, (Article?)null);
        }, ct);
    }

    private async Task<IResult> PreviewAsync(HttpContext http, ArticleKind kind, Article? stored, EditorPage.Form words)
    {
        var text = await rendering.RenderAsync(new ArticleEdit(words.Title, words.Body, words.Format) { Kind = kind, Excerpt = words.Excerpt, Language = LanguageTag.Read(words.Language) }, stored?.Id ?? 0, http.RequestAborted);
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        if (text.Problem is { } unread) problems["body"] = unread.Message;
        if (http.Request.Form.Files["image_file"] is { Length: > 0 }) problems["image_file"] = "Choose the picture again: a file does not stay in a form that is shown once more.";
        return await editor.ShowAsync(http, kind, stored, words, problems, preview: new EditorPage.Rendering(text.TitleHtml, text.BodyHtml));
    }

    /// <summary>Both versions on one page: the form keeps the writer's words, and saving again, now knowingly, keeps the others' as a revision.</summary>
    private async Task<IResult> ConflictAsync(HttpContext http, ArticleKind kind, EditorPage.Form words, Article theirs, CancellationToken ct)
    {
        await using var db = engine.Open();
        var publication = await publications.GetAsync(ct);
        var stored = await Conflicts.OfAsync(db, publication, theirs, words, ct);
        return await editor.ShowAsync(http, kind, theirs, (stored.Merged ?? words) with { Modified = ArticleForm.Stamp(theirs.ModifiedAt) }, theirs: stored with { Yours = words }, status: StatusCodes.Status409Conflict);
    }

    private async Task<IResult> DoneAsync(HttpContext http, ArticleKind kind, long id, Deed deed, ArticleStatus? before, CancellationToken ct)
    {
        await using var db = engine.Open();
        var article = await db.Articles.SingleAsync(a => a.Id == id, ct);
        var when = article.PublishedLocal is { } local ? DeskTime.Of(local) : "";
        var message = article.Status switch
        {
            ArticleStatus.Scheduled when before == ArticleStatus.Published => $"Readers do not see it until {when}: its date is to come. Give it a date gone by, and they see it again.",
            ArticleStatus.Scheduled => $"Scheduled: it goes out on {when}.",
            ArticleStatus.Published when before == ArticleStatus.Published => "Updated: readers see it now.",
            ArticleStatus.Published => "Published: readers see it now.",
            ArticleStatus.InReview => "Sent to the editors.",
            ArticleStatus.Draft when before is ArticleStatus.Published or ArticleStatus.Private or ArticleStatus.Scheduled => "Back to a draft: readers do not see it any more.",
            _ => "Saved.",
        };
        if (article.Status is ArticleStatus.Published or ArticleStatus.Scheduled) message += await UndescribedPictures.WordsAsync(db, article, ct);
        if (Tags().Count(article.Title) > Tags().Count(article.TitleHtml)) message += $" Of the headline readers see “{article.TitleText}”: it takes emphasis, no other HTML.";
        var view = article.Status == ArticleStatus.Published ? string.Create(CultureInfo.InvariantCulture, $"/?p={id}") : string.Create(CultureInfo.InvariantCulture, $"/?p={id}&preview=true");
        notices.Say(http, new DeskShell.Notice(message, LinkUrl: view, LinkText: article.Status == ArticleStatus.Published ? "View it" : "See it as a page"));
        return TypedResults.Redirect(string.Create(CultureInfo.InvariantCulture, $"{(kind == ArticleKind.Page ? "/newsroom/pages/" : "/newsroom/articles/")}{id}/"));
    }

    [GeneratedRegex("<[a-z/!]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Tags();
}
