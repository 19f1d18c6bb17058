using System.Globalization;

namespace Broadsheet.Core.Publishing;

/// <summary>How much of the original its outlet lets others show.</summary>
public enum RepublishingTerms
{
    Unknown,
    LinkOnly,
    Excerpt,
    FullText,

    /// <summary>The outlet forbids it: not even an excerpt.</summary>
    Never,
}

/// <summary>Where an article was first published: shown above it, in feeds and in JSON-LD.</summary>
public sealed record SourceCredit
{
    public const int MaxOutletLength = 200;
    public const int MaxAuthorLength = 200;
    public const int MaxUrlLength = 2000;

    private SourceCredit()
    {
    }

    /// <summary>1 to 200 characters on one line.</summary>
    public string Outlet { get; private init; } = "";

    /// <summary>Absolute, http or https; null when unknown.</summary>
    public Uri? OriginalUrl { get; private init; }

    /// <summary>Who wrote it there; null when unknown, at most 200 characters.</summary>
    public string? Author { get; private init; }

    /// <summary>When it appeared there, in the outlet's own time zone.</summary>
    public DateOnly? Date { get; private init; }

    public RepublishingTerms Terms { get; private init; }

    /// <summary>Search engines are told that the original is the page to list. Needs <see cref="OriginalUrl"/>.</summary>
    public bool CanonicalToOriginal { get; private init; }

    /// <summary>How many of its words an excerpt may hold; 0 where the terms are others, or say nothing of it.</summary>
    public int ExcerptWords { get; private init; }

    /// <summary>How the outlet wants it written (<see cref="CreditFormat"/>); empty for the usual way.</summary>
    public string Format { get; private init; } = "";

    /// <summary>When the words were taken over; null for a credit that was typed.</summary>
    public DateTimeOffset? Retrieved { get; private init; }

    /// <summary>Checks and makes a credit; blanks around texts go, empty texts mean unknown.</summary>
    /// <returns>The credit, or a problem of the field <c>outlet originalUrl author canonicalToOriginal</c> or <c>terms</c>.</returns>
    public static Outcome<SourceCredit> Create(string? outlet, string? originalUrl = null, string? author = null,
        DateOnly? date = null, RepublishingTerms terms = RepublishingTerms.Unknown, bool canonicalToOriginal = false)
    {
        outlet = outlet?.Trim() ?? "";
        author = string.IsNullOrWhiteSpace(author) ? null : author.Trim();
        originalUrl = string.IsNullOrWhiteSpace(originalUrl) ? null : originalUrl.Trim();
        if (outlet.Length is 0 or > MaxOutletLength || outlet.Any(char.IsControl))
            return new Problem("outlet", $"Name the outlet on one line of at most {MaxOutletLength} characters.");
        if (author?.Length > MaxAuthorLength || author?.Any(char.IsControl) == true)
            return new Problem("author", $"The author's name must be one line of at most {MaxAuthorLength} characters.");
        if (!Enum.IsDefined(terms))
            return new Problem("terms", "Choose one of the republishing terms.");
        Uri? address = null;
        if (originalUrl is not null && (address = ReadAddress(originalUrl)) is null)
            return new Problem("originalUrl", "The original's address must begin with http:// or https:// and name a host.");
        if (canonicalToOriginal && address is null)
            return new Problem("canonicalToOriginal", "The original can be the canonical page only when its address is given.");
        return new SourceCredit
        {
            Outlet = outlet,
            OriginalUrl = address,
            Author = author,
            Date = date,
            Terms = terms,
            CanonicalToOriginal = canonicalToOriginal,
        };
    }

    /// <summary>The same with what an outlet's own terms say of it, as <see cref="CreditFormat"/> and the terms have been checked.</summary>
    public SourceCredit Under(int excerptWords, string format, DateTimeOffset? retrieved) =>
        this with { ExcerptWords = Terms == RepublishingTerms.Excerpt ? excerptWords : 0, Format = format, Retrieved = retrieved };

    /// <summary>The line as readers know it: <c>The Wire | February 20, 2020</c>, with the date as the culture writes it.</summary>
    public string Display(CultureInfo culture) => CreditFormat.Fill(Format, Outlet, Author, Date?.ToString(DatePattern(culture), culture));

    private static Uri? ReadAddress(string text) =>
        text.Length <= MaxUrlLength && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
        && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri.Host.Length > 0 && uri.UserInfo.Length == 0 ? uri : null;

    /// <summary>The culture's long date without the day of the week.</summary>
    private static string DatePattern(CultureInfo culture)
    {
        var pattern = culture.DateTimeFormat.LongDatePattern.Replace("dddd", "", StringComparison.Ordinal).Trim(' ', ',', '،', '、');
        return pattern.Length > 1 && pattern.Contains('d', StringComparison.Ordinal) ? pattern : "yyyy-MM-dd";
    }
}
