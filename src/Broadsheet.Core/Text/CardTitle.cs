using System.Collections.Frozen;

namespace Broadsheet.Core.Text;

/// <summary>What the card of a film, a sound or a post elsewhere is called. The same table as in <c>eng/editor/src/cards.js</c>.</summary>
internal static class CardTitle
{
    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["youtube.com"] = "Video on YouTube",
        ["youtu.be"] = "Video on YouTube",
        ["vimeo.com"] = "Video on Vimeo",
        ["x.com"] = "Post on X",
        ["twitter.com"] = "Post on X",
        ["bsky.app"] = "Post on Bluesky",
        ["facebook.com"] = "Post on Facebook",
        ["instagram.com"] = "Post on Instagram",
        ["tiktok.com"] = "Video on TikTok",
        ["soundcloud.com"] = "Sound on SoundCloud",
        ["open.spotify.com"] = "Sound on Spotify",
        ["twitch.tv"] = "Video on Twitch",
        ["dailymotion.com"] = "Video on Dailymotion",
        ["threads.net"] = "Post on Threads",
        ["reddit.com"] = "Post on Reddit",
        ["ted.com"] = "Talk at TED",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <returns>Null for an address of no known player.</returns>
    public static string? Of(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.AbsolutePath.Length <= 1) return null;
        var host = uri.Host.StartsWith("www.", StringComparison.Ordinal) ? uri.Host[4..] : uri.Host.StartsWith("m.", StringComparison.Ordinal) ? uri.Host[2..] : uri.Host;
        return Known.GetValueOrDefault(host);
    }
}
