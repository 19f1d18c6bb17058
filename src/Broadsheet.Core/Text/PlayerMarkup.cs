using System.Text;

namespace Broadsheet.Core.Text;

/// <summary><c>[audio]</c> and <c>[video]</c>: the browser's own player. Whether the file may be shown is decided with all other media.</summary>
internal static class PlayerMarkup
{
    public static string? Audio(ShortcodeArguments arguments, string content, RenderContext context) =>
        Player("audio", ["src", "mp3", "m4a", "ogg", "opus", "wav", "flac", "wma"], arguments, content, context);

    public static string? Video(ShortcodeArguments arguments, string content, RenderContext context) =>
        Player("video", ["src", "mp4", "m4v", "webm", "ogv", "flv", "wmv"], arguments, content, context);

    public static void Source(StringBuilder to, string address)
    {
        to.Append("<source src=\"");
        MarkupWriter.Escape(to, address, quote: true);
        to.Append("\">");
    }

    private static string? Player(string element, string[] names, ShortcodeArguments arguments, string content, RenderContext context)
    {
        var addresses = names.Select(n => arguments[n]).Where(static a => a.Length > 0).ToList();
        // The old form, [audio http://…mp3|titles=…]
        if (addresses.Count == 0 && arguments.Values.Count > 0) addresses.Add(arguments.Values[0].Split('|')[0]);
        if (addresses.Count == 0 && PlainText.Of(content) is { Length: > 0 } written && BareAddress.LengthAt(written, 0) == written.Length) addresses.Add(written);
        if (addresses.Count == 0 && context.Media.Attached.FirstOrDefault(m => m.MimeType.StartsWith(element + "/", StringComparison.Ordinal)) is { } attached) addresses.Add(LocalMedia.Encoded(attached.Path));
        if (addresses.Count == 0) return null;
        var player = new StringBuilder($"\n\n<figure class=\"wp-block-{element}\"><{element} controls preload=\"{(element == "audio" ? "none" : "metadata")}\"");
        foreach (var name in (ReadOnlySpan<string>)["poster", "width", "height"])
        {
            if (element == "audio" || arguments[name].Length == 0) continue;
            player.Append(' ').Append(name).Append("=\"");
            MarkupWriter.Escape(player, arguments[name], quote: true);
            player.Append('"');
        }

        player.Append('>');
        foreach (var address in addresses) Source(player, address);
        return player.Append("</").Append(element).Append("></figure>\n\n").ToString();
    }
}
