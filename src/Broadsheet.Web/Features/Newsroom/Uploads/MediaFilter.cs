using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Microsoft.AspNetCore.WebUtilities;
using MediaFile = Broadsheet.Core.Publishing.Media;

namespace Broadsheet.Web.Features.Newsroom.Uploads;

internal enum MediaKind
{
    Pictures,
    Films,
    Sound,
    Documents,
}

/// <summary>What part of the library is looked at.</summary>
internal enum MediaShelf
{
    All,

    /// <summary>Pictures that tell nothing to those who do not see them.</summary>
    Undescribed,

    /// <summary>No body names them, and no article has them as its picture.</summary>
    Unused,
    Trash,
}

/// <summary>How the library is narrowed, as its address says it.</summary>
/// <param name="Words">Each must stand in the name, the title, the alt text or the caption; empty for all files.</param>
/// <param name="Month">Year × 100 + month; null for all.</param>
/// <param name="Page">From 1.</param>
internal sealed record MediaFilter(string Words, MediaKind? Kind, int? Month, MediaShelf Shelf, int Page)
{
    public const string Address = "/newsroom/media/";

    public bool IsNarrowed => Words.Length > 0 || Kind is not null || Month is not null || Shelf != MediaShelf.All;

    public static MediaFilter Of(IQueryCollection query) => new(
        query["q"].ToString().Trim() is { Length: <= 200 } words ? words : "",
        Enum.TryParse<MediaKind>(query["kind"], ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null,
        int.TryParse(query["month"], NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is > 0 and <= 999_912 ? month : null,
        Enum.TryParse<MediaShelf>(query["show"], ignoreCase: true, out var shelf) && Enum.IsDefined(shelf) ? shelf : MediaShelf.All,
        int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is > 0 and < 100_000 ? page : 1);

    /// <summary>Without regard to the page.</summary>
    public IQueryable<MediaFile> Apply(BroadsheetDb db)
    {
        var files = OnShelf(db, Shelf == MediaShelf.Trash);
        files = Kind switch
        {
            MediaKind.Pictures => files.Where(m => m.MimeType.StartsWith("image/")),
            MediaKind.Films => files.Where(m => m.MimeType.StartsWith("video/")),
            MediaKind.Sound => files.Where(m => m.MimeType.StartsWith("audio/")),
            MediaKind.Documents => files.Where(m => !m.MimeType.StartsWith("image/") && !m.MimeType.StartsWith("video/") && !m.MimeType.StartsWith("audio/")),
            _ => files,
        };
        if (Month is { } month) files = files.Where(m => m.Month == month);
        if (Shelf == MediaShelf.Undescribed) files = files.Where(m => m.Alt == "" && m.MimeType.StartsWith("image/"));
        if (Shelf == MediaShelf.Unused) files = files.Where(m => !db.MediaUses.Any(u => u.MediaId == m.ArticleId) && !db.Articles.Any(a => a.FeaturedImageId == m.ArticleId));
        foreach (var word in SearchWords.Fold(Words).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Take(SearchWords.MaxTerms)) files = files.Where(m => m.Words.Contains(word));
        return files;
    }

    /// <summary>The files that are in use, or those in the trash.</summary>
    public static IQueryable<MediaFile> OnShelf(BroadsheetDb db, bool isTrash) => isTrash
        ? db.Media.Where(m => TrashLedger.Trashed(db).Contains(m.ArticleId))
        : db.Media.Where(m => db.Articles.Any(a => a.Id == m.ArticleId && a.Status != ArticleStatus.Trashed && a.Status != ArticleStatus.AutoDraft));

    public string UrlOf(int page)
    {
        var url = Address;
        if (Words.Length > 0) url = QueryHelpers.AddQueryString(url, "q", Words);
        if (Kind is { } kind) url = QueryHelpers.AddQueryString(url, "kind", kind.ToString().ToLowerInvariant());
        if (Month is { } month) url = QueryHelpers.AddQueryString(url, "month", month.ToString(CultureInfo.InvariantCulture));
        if (Shelf != MediaShelf.All) url = QueryHelpers.AddQueryString(url, "show", Shelf.ToString().ToLowerInvariant());
        return page > 1 ? QueryHelpers.AddQueryString(url, "page", page.ToString(CultureInfo.InvariantCulture)) : url;
    }
}
