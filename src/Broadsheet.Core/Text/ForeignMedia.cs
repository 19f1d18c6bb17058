using AngleSharp.Dom;

namespace Broadsheet.Core.Text;

/// <summary>
/// Puts a plain link where a picture, sound or film of another host stood, so that no page of ours calls a third party.
/// Pictures of one pixel are counters, and go without a trace.
/// </summary>
internal sealed class ForeignMedia(IReadOnlySet<string> allowedHosts)
{
    /// <summary>How many media of other hosts became links (or words, within a link).</summary>
    public int Count { get; private set; }

    public void Apply(IElement element)
    {
        if (element.Parent is null || element.LocalName is not ("img" or "audio" or "video" or "picture" or "source")) return;
        if (element.LocalName == "source")
        {
            if (element.Parent is not IElement { LocalName: "audio" or "video" or "picture" }) Remove(element);
            return;
        }

        if (element.LocalName == "picture")
        {
            // Its pictures were seen before it: without one it is a wrapper round whatever is left.
            if (element.QuerySelector("img") is null) Unwrap(element);
            return;
        }

        var addresses = Addresses(element);
        if (addresses.Any(a => SafeAddress.Media(a, allowedHosts) is not null))
        {
            if (element.LocalName == "img" && SafeAddress.Media(element.GetAttribute("src") ?? "", allowedHosts) is null) Replace(element, addresses);
            return;
        }

        Replace(element, addresses);
    }

    private static List<string> Addresses(IElement element)
    {
        var addresses = new List<string>();
        if (element.GetAttribute("src") is { Length: > 0 } src) addresses.Add(src);
        if (element.LocalName != "img") addresses.AddRange(element.Children.Where(c => c.LocalName == "source").Select(c => c.GetAttribute("src") ?? ""));
        return addresses;
    }

    private void Replace(IElement element, List<string> addresses)
    {
        var link = addresses.Select(a => EmbedLink.From(a)).FirstOrDefault(l => l is not null);
        var whole = element.Parent is IElement { LocalName: "picture" } picture ? picture : element;
        if (link is null || IsCounter(element))
        {
            if (element.GetAttribute("alt") is { Length: > 0 } words && !IsCounter(element)) whole.Replace(element.Owner!.CreateTextNode(words));
            else Remove(whole);
            return;
        }

        Count++;
        var alt = element.GetAttribute("alt")?.Trim();
        var label = string.IsNullOrEmpty(alt) ? Name(link.Value) : alt;
        if (IsInLink(whole))
        {
            whole.Replace(element.Owner!.CreateTextNode(label));
            return;
        }

        var a = element.Owner!.CreateElement("a");
        a.SetAttribute("class", MarkupPolicy.EmbedClass);
        a.SetAttribute("href", link.Value.Address);
        a.SetAttribute("rel", "noopener");
        a.TextContent = label;
        whole.Replace(a);
    }

    private static void Remove(IElement element)
    {
        var parent = element.Parent;
        element.Remove();
        if (parent is IElement { LocalName: "p" } paragraph && !paragraph.HasChildNodes) paragraph.Remove();
    }

    // The tree keeps its shape, so that a second parse reads it alike.
    private static void Unwrap(IElement element)
    {
        var span = element.Owner!.CreateElement("span");
        span.Append([.. element.ChildNodes.Where(c => c is not IElement { LocalName: "source" })]);
        element.Replace(span);
    }

    private static string Name(EmbedLink link)
    {
        var path = Uri.TryCreate(link.Address, UriKind.Absolute, out var uri) ? uri.AbsolutePath : "";
        var name = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        return name.Length > 0 ? name : link.Label;
    }

    private static bool IsCounter(IElement element) =>
        element.LocalName == "img" && element.GetAttribute("width") is "0" or "1" && element.GetAttribute("height") is "0" or "1";

    internal static bool IsInLink(INode node)
    {
        for (var parent = node.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IElement { LocalName: "a" }) return true;
        }

        return false;
    }
}
