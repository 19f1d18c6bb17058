namespace Broadsheet.Core.Curation.Feeds;

/// <summary>Addresses in feeds: absolute, http or https, without a password, at most 2000 characters; else none.</summary>
internal static class FeedAddress
{
    public const int MaxLength = 2000;

    public static Uri? Resolve(string? written, Uri? relativeTo)
    {
        if (string.IsNullOrWhiteSpace(written)) return null;
        written = written.Trim();
        if (written.Length > MaxLength || written.Any(char.IsControl)) return null;
        if (!Uri.TryCreate(written, UriKind.Absolute, out var uri) || uri.IsFile)
        {
            if (relativeTo is null || !Uri.TryCreate(relativeTo, written, out uri)) return null;
        }

        return uri.Scheme is "http" or "https" && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && uri.AbsoluteUri.Length <= MaxLength ? uri : null;
    }
}
