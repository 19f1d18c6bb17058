using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>Makes what templates see from what the database has.</summary>
internal sealed class PageViews(AssetAddresses assets, TimeProvider clock)
{
    public SiteView Site(ReaderSite site, string currentPath)
    {
        var (publication, links) = (site.Publication, site.Links);
        var (sections, menu) = publication.Menu.Count > 0 ? ([], OwnMenu(publication, currentPath)) : UsualMenu(site, currentPath);
        return new SiteView(
            publication.Title, publication.Tagline, publication.Language, Direction(publication.Language), Links.Home, links.ToFeed("/"), links.Slash("/comments/feed"), Links.Home,
            assets.StylesheetOf(publication.Theme), assets.Script, Date(site, clock.GetUtcNow(), publication.Local(clock.GetUtcNow())), menu, sections, publication.Theme, publication.Look);
    }

    /// <summary>What the masthead has of itself: the sections with most articles, and the pages.</summary>
    public static (List<LinkView> Sections, List<LinkView> Pages) UsualMenu(ReaderSite site, string currentPath) => (SectionsMenu(site, currentPath), PagesMenu(site, currentPath));

    private static List<LinkView> OwnMenu(Publication publication, string currentPath) => [.. publication.Menu.Select(e => new LinkView(e.Text, e.Url, e.Url == currentPath))];

    private static List<LinkView> PagesMenu(ReaderSite site, string currentPath) =>
        [.. site.Index.Pages.Where(p => p.ParentId is null or 0).Take(8).Select(p => PageLink(site, p)).Select(l => l with { IsCurrent = l.Url == currentPath })];

    private static List<LinkView> SectionsMenu(ReaderSite site, string currentPath) =>
        [.. site.Index.Categories.Values.Where(c => c.Articles > 0 && c.ParentId is null or 0).OrderByDescending(c => c.Articles).ThenBy(c => c.Name, StringComparer.Ordinal).Take(10)
            .Select(c => new LinkView(c.Name, site.Links.ToCategory(c.Id), site.Links.ToCategory(c.Id) == currentPath))];

    public static string Direction(string language) => WritingDirection.IsRightToLeft(language) ? "rtl" : "ltr";

    /// <param name="local">As published: the words come from it, the offset from the instant.</param>
    public static DateView Date(ReaderSite site, DateTimeOffset at, DateTime local)
    {
        var offset = TimeSpan.FromMinutes(Math.Clamp(Math.Round((local - at.UtcDateTime).TotalMinutes), -14 * 60, 14 * 60));
        return new DateView(
            new DateTimeOffset(local, offset).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture), LongDate(local, site.Culture), local.ToString("d MMM yyyy", site.Culture),
            local.ToString("t", site.Culture), site.Links.ToDay(local));
    }

    /// <summary>As in <c>February 20, 2020</c>: the language's own long form, without the day's name.</summary>
    public static string LongDate(DateTime local, CultureInfo culture)
    {
        var pattern = culture.DateTimeFormat.LongDatePattern.Replace("dddd", "", StringComparison.Ordinal).Trim(' ', ',', '،', '.');
        return local.ToString(culture.Name.Length == 0 || culture.TwoLetterISOLanguageName == "en" && culture.Name is "en" or "en-US" ? "MMMM d, yyyy" : pattern, culture);
    }

    /// <summary>In a form of its outlet's own, the whole line stands where the outlet's name does.</summary>
    public static CreditView? Credit(ReaderSite site, SourceCredit? credit) => credit is null ? null : credit.Format.Length > 0 ? new CreditView(credit.Display(site.Culture), credit.OriginalUrl?.AbsoluteUri, null, null, credit.Author) : new CreditView(
        credit.Outlet, credit.OriginalUrl?.AbsoluteUri, credit.Date is { } date ? LongDate(date.ToDateTime(default), site.Culture) : null, credit.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), credit.Author);

    public static string CommentsLabel(int count) => count switch { 0 => "No comments yet", 1 => "1 comment", _ => string.Create(CultureInfo.InvariantCulture, $"{count:N0} comments") };

    /// <summary>For <c>lang</c>; empty where it is the page's own.</summary>
    public static string LanguageOf(ReaderSite site, ArticleRow row) => LanguageOf(site, row.Language);

    public static string LanguageOf(ReaderSite site, string? language) => language is { } own && !own.Equals(site.Publication.Language, StringComparison.OrdinalIgnoreCase) ? own : "";

    public static ArticleView Article(ReaderSite site, ArticleRow row, IEnumerable<TermRow> terms)
    {
        var (links, url) = (site.Links, site.Links.To(row));
        var mine = terms.Where(t => t.ArticleId == row.Id).ToList();
        var categories = mine.Where(t => t.Taxonomy == Term.Category).Select(t => new LinkView(t.Name, links.ToCategory(t.Id))).ToList();
        var tags = mine.Where(t => t.Taxonomy == Term.Tag).Select(t => new LinkView(t.Name, links.ToTag(t.Slug))).ToList();
        var author = row.AuthorId is { } id && site.Index.Authors.TryGetValue(id, out var person) ? new AuthorView(person.Name, links.ToAuthor(id)) : null;
        var published = row is { PublishedAt: { } at, PublishedLocal: { } local } ? Date(site, at, local) : null;
        var language = LanguageOf(site, row);
        var title = row.TitleHtml.Length > 0 ? SafeHtml.FromStore(row.TitleHtml) : SafeHtml.FromStore(published?.Long ?? "Untitled");
        return new ArticleView(
            row.Id, row.Kind.ToString().ToLowerInvariant(), url, title, row.TitleText.Length > 0 ? row.TitleText : published?.Long ?? "Untitled", Credit(site, row.Credit), SafeHtml.Empty,
            row.IsProtected ? "" : row.Summary, author, published, Date(site, row.ModifiedAt, site.Publication.Local(row.ModifiedAt)), categories, tags, row.CommentsShown, CommentsLabel(row.CommentsShown),
            url + (row.CommentsShown > 0 ? "#comments" : "#respond"), Image(row.Image, row.Focus), row.IsSticky, row.IsProtected, Classes(row, mine), [], null, null)
        {
            Language = language,
            Direction = language.Length > 0 ? Direction(language) : "",
            // Before a password, nothing of the words is told.
            Changes = row.IsProtected ? [] : [.. (row.Changes ?? []).Reverse().Select(c => Change(site, c))],
            CorrectionUrl = site.Publication.TakesCorrections && row is { Kind: ArticleKind.Article, Status: ArticleStatus.Published, IsProtected: false } ? Links.ToCorrectionForm(row.Id) : null,
        };
    }

    public static ChangeView Change(ReaderSite site, PublishedChange change) =>
        new(change.Kind == ChangeKind.Correction ? "Corrected" : "Updated", Date(site, change.At, site.Publication.Local(change.At)), change.Note, Links.ToChange(change.RevisionId));

    /// <param name="focus">Null for the middle.</param>
    public static ImageView? Image(Media? media, FocalPoint? focus = null) => media is { IsPresent: true } ? new ImageView(media.Path, media.Alt, media.Width, media.Height, media.Moves == true ? null : SourceSet.Of(media.Path, media.MimeType, media.Width, media.Height)) { Focus = focus?.Classes ?? "" } : null;

    /// <summary>The views of a list, with its terms: one statement.</summary>
    public static async Task<List<ArticleView>> ArticlesAsync(ReaderSite site, BroadsheetDb db, IReadOnlyList<ArticleRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return [];
        var terms = await TermRow.OfAsync(db, [.. rows.Select(r => r.Id)], ct);
        return [.. rows.Select(r => Article(site, r, terms))];
    }

    private static LinkView PageLink(ReaderSite site, PageNode page) =>
        new(page.Title.Length > 0 ? page.Title : page.Path, site.Links.To(page.Id, ArticleKind.Page, "", page.Path, null, null, null));

    /// <summary>WordPress's hooks for styles: <c>post-42 post type-post category-news</c>.</summary>
    private static string Classes(ArticleRow row, List<TermRow> terms)
    {
        var type = WordPressNames.Of(row.Kind);
        var classes = new List<string> { $"post-{row.Id}", type, $"type-{type}", $"status-{WordPressNames.Of(row.Status)}", $"format-{row.PostFormat ?? "standard"}", "hentry" };
        if (row.IsSticky) classes.Add("sticky");
        if (row.IsProtected) classes.Add("post-password-required");
        classes.AddRange(terms.Where(t => t.Taxonomy is Term.Category or Term.Tag).Select(t => $"{(t.Taxonomy == Term.Tag ? "tag" : "category")}-{t.Slug}").Where(c => c.All(char.IsAsciiLetterOrDigit) || c.All(x => char.IsAsciiLetterOrDigit(x) || x is '-' or '_')));
        return string.Join(' ', classes);
    }
}

/// <summary>A term of an article.</summary>
internal sealed record TermRow(long ArticleId, long Id, string Taxonomy, string Name, string Slug)
{
    public static Task<List<TermRow>> OfAsync(BroadsheetDb db, IReadOnlyList<long> articles, CancellationToken ct) => db.ArticleTerms.Where(t => articles.Contains(t.ArticleId))
        .Join(db.Terms, t => t.TermId, t => t.Id, (link, term) => new { link.ArticleId, term }).OrderBy(t => t.term.Name)
        .Select(t => new TermRow(t.ArticleId, t.term.Id, t.term.Taxonomy, t.term.Name, t.term.Slug)).ToListAsync(ct);
}

/// <summary>Where the style sheet, the script and what it runs beside the page are, with their content's hash.</summary>
/// <param name="Stylesheets">Of the themes that have one of their own, by their names.</param>
internal sealed record AssetAddresses(string Stylesheet, string Script, string Worker, IReadOnlyDictionary<string, string> Stylesheets)
{
    public string StylesheetOf(string theme) => Stylesheets.GetValueOrDefault(theme, Stylesheet);
}
