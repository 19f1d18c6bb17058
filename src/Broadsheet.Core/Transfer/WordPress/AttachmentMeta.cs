namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>A smaller rendition of an image.</summary>
/// <param name="Name"><c>thumbnail medium medium_large large</c> or a theme's own.</param>
/// <param name="File">File name, in the folder of the full image.</param>
public sealed record ImageSize(string Name, string File, int Width, int Height, string MimeType);

/// <summary>What WordPress knows about an attachment's file, from its meta.</summary>
public sealed record AttachmentMeta
{
    /// <summary>Path below <c>wp-content/uploads</c>: <c>2012/11/photo.jpg</c>; <c>""</c> when unknown.</summary>
    public string File { get; private init; } = "";
    /// <summary>Pixels; null when unknown or no image.</summary>
    public int? Width { get; private init; }
    /// <inheritdoc cref="Width"/>
    public int? Height { get; private init; }
    public string AltText { get; private init; } = "";
    /// <summary>At most 200.</summary>
    public IReadOnlyList<ImageSize> Sizes { get; private init; } = [];

    /// <summary>Reads <c>_wp_attached_file</c>, <c>_wp_attachment_metadata</c> and <c>_wp_attachment_image_alt</c>; what is damaged is as if absent.</summary>
    public static AttachmentMeta Read(IReadOnlyList<WxrMeta> meta)
    {
        var image = PhpSerialized.Read(Value(meta, "_wp_attachment_metadata").Trim());
        var file = Value(meta, "_wp_attached_file").Trim();
        return new AttachmentMeta
        {
            File = file.Length > 0 ? file : image?["file"]?.Text ?? "",
            Width = Pixels(image?["width"]),
            Height = Pixels(image?["height"]),
            AltText = Value(meta, "_wp_attachment_image_alt").Trim(),
            Sizes = [.. (image?["sizes"]?.Items ?? []).Take(200).Select(ReadSize).OfType<ImageSize>()],
        };
    }

    private static ImageSize? ReadSize(KeyValuePair<string, PhpValue> size) =>
        size.Value["file"]?.Text is { Length: > 0 } file && Pixels(size.Value["width"]) is { } width && Pixels(size.Value["height"]) is { } height
            ? new ImageSize(size.Key, file, width, height, size.Value["mime-type"]?.Text ?? "")
            : null;

    private static int? Pixels(PhpValue? value) => value?.Integer is > 0 and <= 1_000_000 and var pixels ? (int)pixels : null;

    private static string Value(IReadOnlyList<WxrMeta> meta, string key) =>
        meta.FirstOrDefault(m => m.Key == key)?.Value ?? "";
}
