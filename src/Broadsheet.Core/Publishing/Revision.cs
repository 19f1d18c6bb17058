using Broadsheet.Core.Text;

namespace Broadsheet.Core.Publishing;

/// <summary>An article's words as they stood before a change. Kept for good.</summary>
public sealed class Revision
{
    private Revision() { }

    public long Id { get; private init; }
    public long ArticleId { get; private init; }
    public DateTimeOffset At { get; private init; }

    /// <summary>Who made the change that replaced these words; null for the program itself.</summary>
    public long? PersonId { get; private init; }
    public string Title { get; private init; } = "";
    public BodyFormat BodyFormat { get; private init; }
    public string Body { get; private init; } = "";
    public string Excerpt { get; private init; } = "";

    /// <summary>What the change that replaced these words was to readers.</summary>
    public ChangeKind Change { get; private init; }

    /// <summary>What was changed, in the words of whoever changed it; null where nothing was said.</summary>
    public string? Note { get; private init; }

    public static Revision Of(Article article, long? personId, DateTimeOffset now, ChangeKind change = ChangeKind.Small, string? note = null) => new()
    {
        ArticleId = article.Id,
        At = now,
        PersonId = personId,
        Title = article.Title,
        BodyFormat = article.BodyFormat,
        Body = article.Body,
        Excerpt = article.Excerpt,
        Change = change,
        Note = note,
    };
}

/// <summary>An address that an article once had; it answers with a redirect for ever (WordPress: <c>_wp_old_slug</c>, <c>_wp_old_date</c>).</summary>
public sealed class OldAddress
{
    private OldAddress() { }

    public OldAddress(long articleId, string? slug, DateOnly? date) => (ArticleId, Slug, Date) = (articleId, slug, date);

    public long Id { get; private init; }
    public long ArticleId { get; private init; }

    /// <summary>Folded; null where only the date changed.</summary>
    public string? Slug { get; private init; }

    /// <summary>Null where only the slug changed.</summary>
    public DateOnly? Date { get; private init; }
}

/// <summary>What is known of an uploaded file; its page is the <see cref="Article"/> of the same id.</summary>
public sealed class Media
{
    private Media() { }

    /// <param name="path">Root-relative: <c>/wp-content/uploads/2020/02/a.jpg</c>.</param>
    public Media(long articleId, string path, string mimeType, string alt) => (ArticleId, Path, MimeType, Alt) = (articleId, path, mimeType, alt);

    public long ArticleId { get; private init; }
    public string Path { get; private init; } = "";
    public string MimeType { get; private set; } = "";
    public string Alt { get; set; } = "";

    /// <summary>Safe inline HTML; empty for none.</summary>
    public string Caption { get; set; } = "";

    /// <summary>In pixels; null where not known.</summary>
    public int? Width { get; private set; }
    public int? Height { get; private set; }

    /// <summary>A picture of several frames, of a type that else has smaller copies. Null where nobody has looked yet.</summary>
    public bool? Moves { get; private set; }

    /// <summary>Null until the file is here.</summary>
    public long? Bytes { get; private set; }

    /// <summary>Where the file lived before an import; null for one uploaded here.</summary>
    public string? SourceUrl { get; private init; }

    /// <summary>Folded words by which the library finds it: the file's name, its title, its alt text, its caption (<see cref="SearchWords.Fold"/>).</summary>
    public string Words { get; private set; } = "";

    /// <summary>The month under which the library files it, by its local date: year × 100 + month; 0 without a date.</summary>
    public int Month { get; private set; }

    public bool IsPresent => Bytes is not null;

    public static Media Imported(long articleId, string path, string mimeType, string alt, string caption, string? sourceUrl, int? width, int? height) => new()
    {
        ArticleId = articleId,
        Path = path,
        MimeType = mimeType,
        Alt = alt,
        Caption = caption,
        SourceUrl = sourceUrl,
        Width = width,
        Height = height,
    };

    public void Arrived(long bytes, string mimeType, int? width, int? height, bool moves) => (Bytes, MimeType, Width, Height, Moves) = (bytes, mimeType, width, height, moves);

    /// <summary>Somebody has looked.</summary>
    public void Seen(bool moves) => Moves = moves;

    /// <summary>The file is gone; what is known of it stays.</summary>
    public void Leave() => Bytes = null;

    /// <summary>Files it in the library. To be called after each change of what the words are made of.</summary>
    /// <param name="title">Plain.</param>
    /// <param name="date">Local; null for one without a date.</param>
    public void File(string title, DateTime? date)
    {
        Words = SearchWords.Fold($"{Path[(Path.LastIndexOf('/') + 1)..]}\n{title}\n{Alt}\n{PlainText.Of(Caption)}");
        Month = date is { } day ? (day.Year * 100) + day.Month : 0;
    }
}
