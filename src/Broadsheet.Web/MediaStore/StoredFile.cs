namespace Broadsheet.Web.MediaStore;

/// <summary>A file of the store, as it was when it was found.</summary>
/// <param name="Name">See <see cref="IMediaStore"/>.</param>
/// <param name="MimeType">By its content, not by its name.</param>
/// <param name="Width">In pixels; null where it is no picture, or one whose size is not known.</param>
/// <param name="Moves">It is a picture of several frames.</param>
/// <param name="Version">Another for other content; letters, digits and hyphens.</param>
internal sealed record StoredFile(string Name, long Bytes, string MimeType, int? Width, int? Height, bool Moves, string Version, DateTimeOffset Changed)
{
    /// <summary>Bytes at the beginning of a file by which it is told what it is.</summary>
    public const int HeadLength = 64 * 1024;

    /// <summary>Its name without folders.</summary>
    public string FileName => Name[(Name.LastIndexOf('/') + 1)..];

    /// <param name="head">Up to <see cref="HeadLength"/> bytes.</param>
    public static StoredFile Describe(string name, ReadOnlySpan<byte> head, long bytes, string version, DateTimeOffset changed)
    {
        var size = PictureSize.Of(head);
        var type = MediaType.Of(head, name);
        return new StoredFile(name, bytes, type, size?.Width, size?.Height, MovingPicture.Is(head, type), version, changed);
    }
}

/// <summary>A file of a list.</summary>
internal readonly record struct ListedFile(string Name, long Bytes, string Version);
