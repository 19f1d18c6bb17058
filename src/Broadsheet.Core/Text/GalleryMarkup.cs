using System.Globalization;
using System.Text;

namespace Broadsheet.Core.Text;

/// <summary><c>[gallery]</c>, <c>[slideshow]</c> and <c>[playlist]</c>: lists of the publication's own media.</summary>
internal static class GalleryMarkup
{
    private const int MaxItems = 500;

    public static string? Pictures(ShortcodeArguments arguments, RenderContext context)
    {
        var pictures = Chosen(arguments, context, "image/");
        if (pictures.Count == 0) return "";
        var columns = int.TryParse(arguments["columns"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, 9) : 3;
        var link = arguments["link"];
        var gallery = new StringBuilder($"\n\n<figure class=\"gallery gallery-columns-{columns}\"><ul>");
        foreach (var picture in pictures) Item(gallery, picture, link != "none");
        return gallery.Append("</ul></figure>\n\n").ToString();
    }

    public static string? Playlist(ShortcodeArguments arguments, RenderContext context)
    {
        var type = arguments["type"] == "video" ? "video" : "audio";
        var tracks = Chosen(arguments, context, type + "/");
        if (tracks.Count == 0) return "";
        var list = new StringBuilder("\n\n<figure class=\"playlist\"><ol>");
        foreach (var track in tracks)
        {
            list.Append("<li>");
            MarkupWriter.Escape(list, track.Title, quote: false);
            list.Append('<').Append(type).Append(" controls preload=\"none\">");
            PlayerMarkup.Source(list, LocalMedia.Encoded(track.Path));
            list.Append("</").Append(type).Append("></li>");
        }

        return list.Append("</ol></figure>\n\n").ToString();
    }

    private static List<MediaFacts> Chosen(ShortcodeArguments arguments, RenderContext context, string type)
    {
        var ids = Ids(arguments["ids"].Length > 0 ? arguments["ids"] : arguments["include"]);
        var excluded = Ids(arguments["exclude"]);
        var chosen = ids.Count > 0
            ? ids.Select(context.Media.ById).OfType<MediaFacts>()
            : context.Media.Attached.Where(m => m.MimeType.Length == 0 || m.MimeType.StartsWith(type, StringComparison.Ordinal));
        var list = chosen.Where(m => !excluded.Contains(m.Id)).Take(MaxItems).ToList();
        if (arguments["order"].Equals("DESC", StringComparison.OrdinalIgnoreCase) && ids.Count == 0) list.Reverse();
        return list;
    }

    private static List<long> Ids(string written) =>
        [.. written.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(static i => long.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(static i => i > 0).Distinct().Take(MaxItems)];

    private static void Item(StringBuilder gallery, MediaFacts picture, bool linked)
    {
        var address = LocalMedia.Encoded(picture.Path);
        gallery.Append("<li class=\"gallery-item\"><figure>");
        if (linked && picture.Present) Attribute(gallery.Append("<a"), "href", address).Append('>');
        Attribute(gallery.Append("<img"), "src", address);
        Attribute(gallery, "alt", picture.Alt).Append('>');
        if (linked && picture.Present) gallery.Append("</a>");
        if (picture.Caption.Length > 0) gallery.Append("<figcaption>").Append(Sanitiser.CleanInline(picture.Caption).Value).Append("</figcaption>");
        gallery.Append("</figure></li>");
    }

    private static StringBuilder Attribute(StringBuilder to, string name, string value)
    {
        to.Append(' ').Append(name).Append("=\"");
        MarkupWriter.Escape(to, value, quote: true);
        return to.Append('"');
    }
}
