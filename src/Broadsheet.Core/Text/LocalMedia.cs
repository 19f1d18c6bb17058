using System.Globalization;
using AngleSharp.Dom;

namespace Broadsheet.Core.Text;

/// <summary>
/// Makes addresses of this publication root-relative, gives pictures their sizes, and puts a placeholder with the alternative text where a
/// file is not here. Sees each element before the sanitiser's own rules do.
/// </summary>
internal sealed class LocalMedia(RenderContext context)
{
    private readonly OwnAddress _own = new(context);
    private readonly Dictionary<string, MediaReference> _references = new(StringComparer.Ordinal);
    private bool _hasPicture;

    public IReadOnlyList<MediaReference> References => [.. _references.Values];

    public int Missing { get; private set; }

    public void Apply(IElement element)
    {
        switch (element.LocalName)
        {
            case "a":
                Link(element);
                break;
            case "img":
                Picture(element);
                break;
            case "audio" or "video":
                Player(element);
                break;
            case "source" or "track":
                if (MapAttribute(element, "src") is { } path && Find(path) is not { Present: true }) element.RemoveAttribute("src");
                KeepSources(element);
                break;
        }
    }

    private void Link(IElement link)
    {
        if (link.GetAttribute("href") is not { Length: > 0 } href || _own.Map(href, media: false) is not { } address) return;
        link.SetAttribute("href", address);
        var path = OwnAddress.Decoded(address);
        if (OwnAddress.IsUpload(path)) Find(path);
    }

    private void Picture(IElement image)
    {
        KeepSources(image);
        if (MapAttribute(image, "src") is not { } path) return;
        if (path.Contains("/wp-includes/images/smilies/", StringComparison.Ordinal))
        {
            // WordPress drew ":)" as a picture of its own.
            image.Replace(image.Owner!.CreateTextNode(image.GetAttribute("alt") ?? ""));
            return;
        }

        var facts = Find(path) ?? Named(image);
        if (facts is not { Present: true })
        {
            Placeholder(image, path, facts);
            return;
        }

        if (context.Media.ByPath(path) is null) image.SetAttribute("src", Encoded(facts.Path));
        Measure(image, path, facts);
        Offer(image, path, facts);
        if (!image.HasAttribute("alt")) image.SetAttribute("alt", facts.Alt);
        // The first is often in sight at once: waiting for the layout before it is fetched would show it late.
        if (_hasPicture && !image.HasAttribute("loading")) image.SetAttribute("loading", "lazy");
        _hasPicture = true;
        image.SetAttribute("decoding", "async");
    }

    private static void Measure(IElement image, string path, MediaFacts facts)
    {
        var size = MediaPath.SizeOf(path) ?? (facts is { Width: { } width, Height: { } height } ? (width, height) : null);
        if (size is not { Width: > 0, Height: > 0 } known) return;
        var (w, h) = (Pixels(image, "width"), Pixels(image, "height"));
        // Written as a part of the column, or as both: whoever wrote it knows.
        if ((w is null && image.HasAttribute("width")) || (h is null && image.HasAttribute("height")) || (w is not null && h is not null)) return;
        image.SetAttribute("width", (w ?? Share(h, known.Height, known.Width)).ToString(CultureInfo.InvariantCulture));
        image.SetAttribute("height", (h ?? Share(w, known.Width, known.Height)).ToString(CultureInfo.InvariantCulture));

        static int Share(int? shown, int side, int other) => shown is { } s ? (int)Math.Clamp(Math.Round((double)other * s / side), 1, 100_000) : other;
    }

    /// <summary>Lets the browser choose among the renditions. What an imported body says of its own files stays; a cut picture has no others like it.</summary>
    private static void Offer(IElement image, string path, MediaFacts facts)
    {
        if (facts.Moves || facts.MimeType == "image/gif")
        {
            // Smaller copies of it stand still, or there are none and each address leads to the picture itself.
            image.RemoveAttribute("srcset");
            image.RemoveAttribute("sizes");
            return;
        }

        if (image.HasAttribute("srcset") || image.ParentElement?.LocalName == "picture" || facts is not { Width: { } width, Height: { } height }) return;
        if (MediaPath.SizeOf(path) is { } named && path != facts.Path && Math.Abs((double)named.Width * height / width - named.Height) > 1) return;
        if (Pixels(image, "width") is not { } shown || SourceSet.Of(facts.Path, facts.MimeType, width, height, shown) is not { } set) return;
        image.SetAttribute("srcset", set);
        image.SetAttribute("sizes", image.Closest(".gallery, .wp-block-gallery") is null ? SourceSet.InColumn(shown) : SourceSet.InGallery);
    }

    private static int? Pixels(IElement image, string name) => int.TryParse(image.GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels > 0 ? pixels : null;

    // class="wp-image-42": the id that WordPress's editor writes.
    private MediaFacts? Named(IElement image)
    {
        const string Prefix = "wp-image-";
        foreach (var name in image.ClassList)
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && long.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && context.Media.ById(id) is { } facts) return Refer(facts.Path, facts);
        }

        return null;
    }

    private void Player(IElement player)
    {
        if (MapAttribute(player, "poster") is { } poster && Find(poster) is not { Present: true }) player.RemoveAttribute("poster");
        var paths = new List<string>();
        if (MapAttribute(player, "src") is { } path) paths.Add(path);
        foreach (var source in player.Children.Where(static c => c.LocalName == "source"))
        {
            if (MapAttribute(source, "src") is { } other) paths.Add(other);
            else if (source.HasAttribute("src")) return; // of another host: ForeignMedia's
        }

        if (paths.Count == 0 || paths.Any(p => Find(p) is { Present: true })) return;
        Placeholder(player, paths[0], Find(paths[0]));
    }

    private void KeepSources(IElement element)
    {
        if (element.GetAttribute("srcset") is not { Length: > 0 } written) return;
        var kept = SafeAddress.SourceSet(written, a => _own.Map(a, media: true) is not { } address ? SafeAddress.Media(a, context.AllowedMediaHosts) : Find(OwnAddress.Decoded(address)) is { Present: true } ? address : null);
        if (kept is null) element.RemoveAttribute("srcset");
        else element.SetAttribute("srcset", kept);
    }

    private void Placeholder(IElement element, string path, MediaFacts? facts)
    {
        Missing++;
        var alt = element.GetAttribute("alt")?.Trim();
        if (string.IsNullOrEmpty(alt)) alt = facts is { Alt.Length: > 0 } ? facts.Alt : facts is { Title.Length: > 0 } ? facts.Title : path[(path.LastIndexOf('/') + 1)..];
        var span = element.Owner!.CreateElement("span");
        span.SetAttribute("class", MarkupPolicy.MissingMediaClass);
        span.SetAttribute("role", "img");
        span.SetAttribute("aria-label", alt);
        span.TextContent = alt;
        element.Replace(span);
    }

    /// <summary>Makes an own address root-relative and gives its path, decoded; null when the address is not ours.</summary>
    private string? MapAttribute(IElement element, string name)
    {
        if (element.GetAttribute(name) is not { Length: > 0 } written) return null;
        if (_own.Map(written, media: true) is not { } address)
        {
            // "images/a.png" is relative to where the article once stood.
            return SafeAddress.Link(written) is { } relative && !relative.StartsWith('#') && SafeAddress.Media(relative, NoHosts) is not null ? OwnAddress.Decoded(relative) : null;
        }

        element.SetAttribute(name, address);
        return OwnAddress.Decoded(address);
    }

    private static readonly IReadOnlySet<string> NoHosts = System.Collections.Frozen.FrozenSet<string>.Empty;

    private MediaFacts? Find(string path) => Refer(path, context.Media.ByPath(path));

    private MediaFacts? Refer(string path, MediaFacts? facts)
    {
        _references[path] = new MediaReference(path, facts?.Id, facts is { Present: true });
        return facts;
    }

    internal static string Encoded(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
