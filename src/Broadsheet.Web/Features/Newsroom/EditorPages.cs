using System.Globalization;
using System.Security.Cryptography;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Newsroom.Corrections;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;
using MediaFile = Broadsheet.Core.Publishing.Media;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>Lays out the editor for an article or a page: as stored, or with the words of a form that must be mended.</summary>
internal sealed class EditorPages(IDatabaseEngine engine, ReaderSites sites, DeskPages pages, PreviewTokens previews, TimeProvider clock)
{
    private const int OfferedMedia = 60;

    /// <param name="stored">Null for a new one.</param>
    /// <param name="words">Null: as stored, or empty.</param>
    public async Task<IResult> ShowAsync(HttpContext http, ArticleKind kind, Article? stored, EditorPage.Form? words = null, IReadOnlyDictionary<string, string>? problems = null, EditorPage.Rendering? preview = null, EditorPage.Stored? theirs = null, int status = StatusCodes.Status200OK)
    {
        var ct = http.RequestAborted;
        var site = await sites.OfAsync(http);
        var person = CurrentPerson.Of(http)!;
        await using var db = engine.Open();
        var isFirst = words is null;
        words ??= stored is null ? new EditorPage.Form { Author = person.Id, CommentsOpen = kind == ArticleKind.Article && site.Publication.CommentsOpen } : await StoredFormAsync(db, stored, ct);
        var kept = isFirst ? await KeepDraft.WaitingAsync(db, site.Publication, person, kind, stored?.Id ?? 0, words, clock.GetUtcNow(), ct) : [];
        var isUnsaved = false;
        if (http.Request.Query["kept"] is [{ } wanted] && kept.Find(k => k.Key == wanted) is { } taken)
        {
            words = taken.Words;
            isUnsaved = kept.Remove(taken);
        }
        if (words.Draft == 0) words = words with { Draft = RandomNumberGenerator.GetInt32(1, int.MaxValue) };
        var others = stored is null ? [] : await DraftLedger.OthersAsync(db, person.Id, kind, stored.Id, clock.GetUtcNow(), ct);
        var media = await MediaAsync(db, words.Format, ct);
        // Of two files with one title, each has its own name.
        var twice = media.GroupBy(m => m.Title, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var image = words.Image is { } id ? await db.Media.Where(m => m.ArticleId == id).FirstOrDefaultAsync(ct) : null;
        return await pages.ShowAsync<EditorPage>(http, new EditorPage.Content
        {
            Kind = kind,
            Id = stored?.Id ?? 0,
            Status = stored?.Status ?? ArticleStatus.Draft,
            Words = words,
            Problems = problems ?? new Dictionary<string, string>(StringComparer.Ordinal),
            May = new EditorPage.Rights(ArticleRights.MayPublish(person, kind, stored is null ? person.Id : stored.AuthorId), person.Role.May(Permission.EditAny), person.Role.May(Permission.ManageTerms), person.Role.May(Permission.UploadMedia)),
            Categories = kind == ArticleKind.Article ? Tree(site.Index) : [],
            Images = [.. media.Where(m => m.Media.MimeType.StartsWith("image/", StringComparison.Ordinal)).Select(m => new EditorPage.Named(m.Id, NameOf(m.Title, m.Media), Thumbnail: MediaSnippet.Thumbnail(m.Media) ?? "")).Concat(image is not null && media.TrueForAll(m => m.Id != image.ArticleId) ? [new EditorPage.Named(image.ArticleId, Path.GetFileName(image.Path), Thumbnail: MediaSnippet.Thumbnail(image) ?? "")] : [])],
            Media = [.. media.Select(m => new EditorPage.Named(m.Id, NameOf(m.Title, m.Media), MediaSnippet.Of(m.Media, m.Title, words.Format), MediaSnippet.Thumbnail(m.Media) ?? ""))],
            Authors = person.Role.May(Permission.EditAny) ? [.. site.Index.Authors.Values.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => new EditorPage.Named(a.Id, a.Name))] : [],
            Pages = kind == ArticleKind.Page ? [.. site.Index.Pages.Where(p => stored is null || !IsBelow(site.Index, p, stored.Id)).Select(p => new EditorPage.Named(p.Id, p.Title))] : [],
            Zone = site.Publication.TimeZone,
            Language = site.Publication.Language,
            ImageUrl = image is null ? null : MediaSnippet.Thumbnail(image),
            ViewUrl = stored is null ? null : await ViewUrlAsync(db, site, stored, ct),
            Revisions = stored is null ? 0 : await db.Revisions.CountAsync(r => r.ArticleId == stored.Id, ct),
            Dated = stored?.PublishedLocal is { } local ? DeskTime.Of(local) : null,
            Preview = preview,
            Theirs = theirs,
            Overrides = stored is null ? [] : [.. (await TermsGuard.OverridesAsync(db, stored.Id, ct)).Select(o => $"{o.Who ?? "Somebody"} let it stand beyond the outlet's terms on {DeskTime.Of(site.Publication, o.At)}: {o.Reason}")],
            Summary = stored?.Summary ?? "",
            Host = site.Links.Absolute("/") is var home && Uri.TryCreate(home, UriKind.Absolute, out var at) ? at.Host : "",
            Notes = stored is null ? [] : await ArticleNotes.OfAsync(db, site.Publication, person, stored.Id, ct),
            PreviewLinks = stored is null ? [] : [.. (await PreviewLedger.Open(db, clock.GetUtcNow()).Where(l => l.ArticleId == stored.Id).OrderBy(l => l.Id).ToListAsync(ct)).Select(l => new EditorPage.Named(l.Id, previews.ToPath(l.Id), DeskTime.Of(site.Publication, l.ExpiresAt)))],
            Asked = stored is null ? [] : await AskedCorrections.Of(db, person).Where(r => r.ArticleId == stored.Id).OrderBy(r => r.Id).Select(r => r.Words).ToListAsync(ct),
            IsUnsaved = isUnsaved,
            Kept = [.. kept.Select(k => new EditorPage.Kept(k.When, k.Words.Title, k.Words.Draft, k.IsOpen))],
            Others = [.. others.Select(o => KeepDraft.Words(site.Publication, o))],
        }, status);

        string NameOf(string title, MediaFile file) => twice.Contains(title) ? $"{title} ({Path.GetFileName(file.Path)})" : title;
    }

    public static async Task<string> ViewUrlAsync(BroadsheetDb db, ReaderSite site, Article stored, CancellationToken ct)
    {
        if (stored.Status is not (ArticleStatus.Published or ArticleStatus.Private)) return string.Create(CultureInfo.InvariantCulture, $"/?p={stored.Id}&preview=true");
        var row = await db.Articles.Where(a => a.Id == stored.Id).AsRows(db).SingleAsync(ct);
        return site.Links.To(row);
    }

    private static async Task<EditorPage.Form> StoredFormAsync(BroadsheetDb db, Article stored, CancellationToken ct)
    {
        var terms = await TermRow.OfAsync(db, [stored.Id], ct);
        return ArticleForm.Of(stored, [.. terms.Where(t => t.Taxonomy == Term.Category).Select(t => t.Id)], terms.Where(t => t.Taxonomy == Term.Tag).Select(t => t.Name));
    }

    private static async Task<List<(long Id, string Title, MediaFile Media)>> MediaAsync(BroadsheetDb db, BodyFormat format, CancellationToken ct)
    {
        var rows = await db.Articles.Where(a => a.Kind == ArticleKind.Attachment && a.Status != ArticleStatus.Trashed).Join(db.Media.Where(m => m.Bytes != null), a => a.Id, m => m.ArticleId, (a, m) => new { a.Id, a.TitleText, Media = m })
            .OrderByDescending(r => r.Id).Take(OfferedMedia).ToListAsync(ct);
        return [.. rows.Select(r => (r.Id, r.TitleText.Length > 0 ? r.TitleText : Path.GetFileName(r.Media.Path), r.Media))];
    }

    /// <summary>Each category below its parent, by name.</summary>
    public static List<EditorPage.Category> Tree(SiteIndex index)
    {
        var found = new List<EditorPage.Category>();
        var seen = new HashSet<long>();
        Add(null, 0, "");
        // An import may have brought a circle, or a parent that is gone: nothing is left out.
        foreach (var rest in index.Categories.Values.Where(c => seen.Add(c.Id))) found.Add(new EditorPage.Category(rest.Id, rest.Name, 0, rest.Name));
        return found;

        void Add(long? parent, int depth, string above)
        {
            foreach (var category in index.Categories.Values.Where(c => (c.ParentId is null or 0 ? null : c.ParentId) == parent).OrderBy(c => c.Name, StringComparer.Ordinal))
            {
                if (!seen.Add(category.Id)) continue;
                found.Add(new EditorPage.Category(category.Id, category.Name, depth, above + category.Name));
                Add(category.Id, depth + 1, $"{above}{category.Name} › ");
            }
        }
    }

    /// <summary>A page cannot stand below itself.</summary>
    internal static bool IsBelow(SiteIndex index, PageNode page, long ancestor)
    {
        var at = page;
        for (var steps = 0; at is not null && steps < 100; steps++)
        {
            if (at.Id == ancestor) return true;
            at = at.ParentId is { } parent ? index.Pages.FirstOrDefault(p => p.Id == parent) : null;
        }
        return false;
    }
}
