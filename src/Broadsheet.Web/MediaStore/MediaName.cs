using Broadsheet.Core.Text;

namespace Broadsheet.Web.MediaStore;

/// <summary>Names in the store (<see cref="IMediaStore"/>).</summary>
internal static class MediaName
{
    public const string Uploads = "uploads/";

    /// <summary>What is still coming in.</summary>
    public const string Incoming = "incoming/";

    public const string Replaced = "replaced/";

    /// <summary>What can be made again from uploads.</summary>
    public const string Renditions = "renditions/";

    private const int MaxLength = 1_024;

    /// <param name="path">Root-relative, percent-decoded: <c>/wp-content/uploads/2020/02/a.jpg</c>.</param>
    /// <returns>Null for a path that can name no upload.</returns>
    public static string? OfUpload(string path) =>
        path.StartsWith(MediaPath.Uploads, StringComparison.Ordinal) && Uploads + path[MediaPath.Uploads.Length..] is var name && IsGood(name) ? name : null;

    /// <summary>It leads nowhere but below the store, and to nothing hidden there.</summary>
    public static bool IsGood(string name) =>
        name.Length is > 0 and <= MaxLength && !name.AsSpan().ContainsAny('\0', '\\') && !name.Split('/').Any(part => part.Length == 0 || part[0] == '.');
}
