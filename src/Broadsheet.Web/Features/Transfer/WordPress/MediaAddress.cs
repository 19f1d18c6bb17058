using Broadsheet.Core.Text;
using Broadsheet.Core.Transfer.WordPress;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>Where an attachment's file stands here: under the address that the old bodies name it by.</summary>
internal static class MediaAddress
{
    /// <summary>Root-relative, below <c>/wp-content/uploads/</c>, not percent-encoded.</summary>
    public static string PathOf(WxrItem item, AttachmentMeta meta, long id)
    {
        var address = item.AttachmentUrl.Length > 0 ? item.AttachmentUrl : item.Guid;
        var below = BelowUploads(address) ?? Clean(BelowUploads(meta.File) ?? meta.File);
        if (below.Length == 0) below = $"imported/{id}/{NameOf(address)}";
        return MediaPath.Uploads + below;
    }

    /// <summary>Null where the file gives no address to fetch it from.</summary>
    public static string? SourceOf(WxrItem item) => IsHttp(item.AttachmentUrl) ? item.AttachmentUrl : IsHttp(item.Guid) && !item.Guid.Contains('?', StringComparison.Ordinal) ? item.Guid : null;

    private static bool IsHttp(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static string? BelowUploads(string address)
    {
        const string Folder = "/wp-content/uploads/";
        if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            // WordPress.com keeps a site's files on a host of their own.
            if (uri.IdnHost.EndsWith(".files.wordpress.com", StringComparison.OrdinalIgnoreCase)) return Clean(Uri.UnescapeDataString(uri.AbsolutePath)) is { Length: > 0 } own ? own : null;
            address = Uri.UnescapeDataString(uri.AbsolutePath);
        }
        var at = address.LastIndexOf(Folder, StringComparison.Ordinal);
        return at >= 0 && Clean(address[(at + Folder.Length)..]) is { Length: > 0 } below ? below : null;
    }

    private static string NameOf(string address)
    {
        var path = Uri.TryCreate(address, UriKind.Absolute, out var uri) ? Uri.UnescapeDataString(uri.AbsolutePath) : "";
        var name = Clean(path[(path.LastIndexOf('/') + 1)..]);
        return name.Length > 0 ? name : "file";
    }

    /// <summary>No way up, no hidden names, nothing that a file system reads as more than a name.</summary>
    private static string Clean(string path)
    {
        var names = path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(n => string.Concat(n.Where(c => !char.IsControl(c) && c is not (':' or '?' or '*' or '|' or '<' or '>' or '"'))).TrimStart('.')).Where(n => n.Length > 0).ToList();
        var clean = string.Join('/', names);
        return names.Count > 20 || clean.Length > 1_000 || names.Exists(n => System.Text.Encoding.UTF8.GetByteCount(n) > 250) ? "" : clean;
    }
}
