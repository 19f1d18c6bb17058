using System.Globalization;
using System.Text.RegularExpressions;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Reads;

/// <summary>Addresses of everything public, root-relative; <see cref="Absolute"/> puts the publication's own in front.</summary>
internal sealed partial class Links(Publication publication, SiteIndex index, string baseUrl)
{
    private PermalinkStructure Permalinks => publication.PermalinkStructure;

    /// <summary>Scheme and host, without a slash at the end.</summary>
    public string BaseUrl => baseUrl;

    public const string Home = "/";

    /// <summary>Stands for an author who is not known in permalinks that name the author. Not "author": that is where authors' own pages are.</summary>
    private const string NoAuthor = "unsigned";

    public string Absolute(string path) => baseUrl + path;

    /// <summary>A body that is read elsewhere (feeds, clients): its own links and media with the whole address.</summary>
    public SafeHtml Rooted(SafeHtml html) => SafeHtml.FromStore(Sources().Replace(html.Value, s => s.Value.Replace("\"/", $"\"{baseUrl}/", StringComparison.Ordinal).Replace(", /", $", {baseUrl}/", StringComparison.Ordinal))
        .Replace("href=\"/", $"href=\"{baseUrl}/", StringComparison.Ordinal).Replace("src=\"/", $"src=\"{baseUrl}/", StringComparison.Ordinal));

    public string To(ArticleRow article) => To(article.Id, article.Kind, article.Slug, article.Path, article.PublishedLocal, article.AuthorId, article.CategoryId);

    public string To(long id, ArticleKind kind, string slug, string? path, DateTime? local, long? authorId, long? categoryId)
    {
        if (kind is ArticleKind.Page or ArticleKind.Attachment && !string.IsNullOrEmpty(path)) return Slash($"{Permalinks.Front}/{Escape(path)}");
        if (kind != ArticleKind.Article || local is not { } date) return string.Create(CultureInfo.InvariantCulture, $"/?p={id}");
        var category = categoryId is { } c && index.Categories.TryGetValue(c, out var node) ? node.Path : "uncategorized";
        var author = authorId is { } a && index.Authors.TryGetValue(a, out var person) ? person.Slug : NoAuthor;
        return Permalinks.Of(new PermalinkFacts(id, slug, date, category, author));
    }

    public string ToCategory(long id) => index.Categories.TryGetValue(id, out var node) ? Slash($"{Permalinks.Front}/{publication.CategoryBase.Trim('/')}/{Escape(node.Path)}") : Home;

    public string ToTag(string slug) => Slash($"{Permalinks.Front}/{publication.TagBase.Trim('/')}/{Slug.Escape(slug)}");

    public string ToAuthor(long id) => index.Authors.TryGetValue(id, out var person) ? Slash($"{Permalinks.Front}/author/{Slug.Escape(person.Slug)}") : Home;

    public string ToDay(DateTime local) => Slash(string.Create(CultureInfo.InvariantCulture, $"{Permalinks.Front}/{local:yyyy'/'MM'/'dd}"));

    public string ToMonth(DateTime local) => Slash(string.Create(CultureInfo.InvariantCulture, $"{Permalinks.Front}/{local:yyyy'/'MM}"));

    public string ToYear(DateTime local) => Slash(string.Create(CultureInfo.InvariantCulture, $"{Permalinks.Front}/{local:yyyy}"));

    public static string ToSearch(string words) => $"/?s={Uri.EscapeDataString(words)}";

    /// <summary>The page that a reader has of their own.</summary>
    public static string ToReader(string slug) => $"/readers/{Slug.Escape(slug)}/";

    /// <summary>A comment where it stands: on its page of the thread, with its anchor.</summary>
    /// <param name="number">Null for a ping, which stands on the article's own page.</param>
    public string ToComment(string articlePath, long id, CommentNumber? number) =>
        string.Create(CultureInfo.InvariantCulture, $"{(number is { } n ? ToNumber(articlePath, n) : articlePath)}#comment-{id}");

    /// <summary>The page that shows the comment with this number: its page of the thread, or, for a reply of many, its stretch of them.</summary>
    public string ToNumber(string articlePath, CommentNumber number) => number.Reply > publication.RepliesShown
        ? ToReplies(articlePath, number.Top, (number.Reply - 1) / publication.RepliesShown + 1)
        : ToCommentPage(articlePath, number.Page(publication.CommentsPerPage));

    /// <summary>A stretch of the replies below one top-level comment.</summary>
    /// <param name="part">From 1.</param>
    /// <summary>Where one correction or update is shown.</summary>
    public static string ToChange(long revision) => string.Create(CultureInfo.InvariantCulture, $"/corrections/{revision}/");

    /// <summary>Where a reader says what is wrong in an article.</summary>
    public static string ToCorrectionForm(long article) => string.Create(CultureInfo.InvariantCulture, $"/corrections/ask/?article={article}");

    public static string ToReplies(string articlePath, int top, int part) => With(articlePath, string.Create(CultureInfo.InvariantCulture, $"thread={top}&part={part}"));

    /// <param name="after">Where the part before ended; null for the beginning.</param>
    public string ToOrder(string articlePath, ThreadOrder order, ThreadCursor? after = null)
    {
        if (after is { } cursor) return With(articlePath, $"order={order.Name()}&after={cursor}");
        return order == publication.ThreadOrder ? articlePath : With(articlePath, $"order={order.Name()}");
    }

    public static string With(string path, string query) => $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";

    /// <summary>A page in the order of numbers. Where the publication reads oldest first, the bare permalink is page 1.</summary>
    public string ToCommentPage(string articlePath, int page)
    {
        if (page <= 1) return ToOrder(articlePath, ThreadOrder.Oldest);
        return articlePath.Contains('?', StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"{articlePath}&cpage={page}")
            : Slash(string.Create(CultureInfo.InvariantCulture, $"{articlePath.TrimEnd('/')}/comment-page-{page}"));
    }

    /// <summary>A page of a divided article; page 1 is the article itself.</summary>
    public string ToBodyPage(string articlePath, int page)
    {
        if (page <= 1) return articlePath;
        return articlePath.Contains('?', StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"{articlePath}&page={page}")
            : Slash(string.Create(CultureInfo.InvariantCulture, $"{articlePath.TrimEnd('/')}/{page}"));
    }

    /// <summary>A page of a list; page 1 is the list itself.</summary>
    public string ToPage(string listPath, int page)
    {
        if (page <= 1) return listPath;
        return listPath.Contains('?', StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"{listPath}&paged={page}")
            : Slash(string.Create(CultureInfo.InvariantCulture, $"{listPath.TrimEnd('/')}/page/{page}"));
    }

    /// <summary>The RSS 2 feed of a list or of an article's comments.</summary>
    public string ToFeed(string path) => path.Contains('?', StringComparison.Ordinal) ? $"{path}&feed=rss2" : Slash($"{path.TrimEnd('/')}/feed");

    /// <summary>The Atom feed of an article's comments.</summary>
    /// <param name="branch">Only of this comment and what stands below it; null for all.</param>
    public string ToAtom(string path, long? branch = null)
    {
        var feed = path.Contains('?', StringComparison.Ordinal) ? $"{path}&feed=atom" : Slash($"{path.TrimEnd('/')}/feed/atom");
        return branch is { } id ? string.Create(CultureInfo.InvariantCulture, $"{feed}{(feed.Contains('?', StringComparison.Ordinal) ? '&' : '?')}comment={id}") : feed;
    }

    /// <summary>With or without a slash at the end, as the permalink structure has it.</summary>
    public string Slash(string path) => path == "/" ? path : Permalinks.EndsInSlash ? $"{path.TrimEnd('/')}/" : path.TrimEnd('/');

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Slug.Escape));

    [GeneratedRegex(" srcset=\"[^\"]*\"", RegexOptions.NonBacktracking)]
    private static partial Regex Sources();
}
