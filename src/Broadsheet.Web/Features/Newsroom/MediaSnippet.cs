using System.Globalization;
using System.Net;
using Broadsheet.Core.Publishing;
using MediaFile = Broadsheet.Core.Publishing.Media;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>What to write into a body to show a medium there.</summary>
internal static class MediaSnippet
{
    /// <summary>The width of the small copy that is made of each picture (WordPress: <c>medium</c>).</summary>
    public const int ThumbnailWidth = 300;

    public static string Of(MediaFile media, string title, BodyFormat format)
    {
        var path = string.Join('/', media.Path.Split('/').Select(Uri.EscapeDataString));
        var kind = media.MimeType.Split('/')[0];
        if (format == BodyFormat.Markdown && kind is not ("audio" or "video")) return kind == "image" ? $"![{Escape(media.Alt)}]({path})" : $"[{Escape(title)}]({path})";
        return kind switch
        {
            "image" => $"<figure><img src=\"{path}\" alt=\"{WebUtility.HtmlEncode(media.Alt)}\"{Size(media)}>{Caption(media)}</figure>",
            "audio" => $"<audio controls src=\"{path}\"></audio>",
            "video" => $"<video controls src=\"{path}\"></video>",
            _ => $"<a href=\"{path}\">{WebUtility.HtmlEncode(title)}</a>",
        };
    }

    /// <summary>The address of a small copy of a picture, which falls back to the picture; null for what is none.</summary>
    public static string? Thumbnail(MediaFile media)
    {
        if (!media.IsPresent || !media.MimeType.StartsWith("image/", StringComparison.Ordinal) || media.MimeType == "image/svg+xml") return null;
        var path = string.Join('/', media.Path.Split('/').Select(Uri.EscapeDataString));
        return ThumbnailPath(path, media.Width, media.Height) ?? path;
    }

    /// <returns>Null for a picture that is small itself.</returns>
    public static string? ThumbnailPath(string path, int? width, int? height)
    {
        if (width is not (> ThumbnailWidth and var w) || height is not (> 0 and var h) || path.LastIndexOf('.') is not (> 0 and var dot)) return null;
        return string.Create(CultureInfo.InvariantCulture, $"{path[..dot]}-{ThumbnailWidth}x{Math.Max(1, (int)Math.Round((double)h * ThumbnailWidth / w))}{path[dot..]}");
    }

    private static string Size(MediaFile media) => media is { Width: { } w, Height: { } h } ? string.Create(CultureInfo.InvariantCulture, $" width=\"{w}\" height=\"{h}\"") : "";

    private static string Caption(MediaFile media) => media.Caption.Length > 0 ? $"<figcaption>{media.Caption}</figcaption>" : "";

    private static string Escape(string text) => text.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
}
