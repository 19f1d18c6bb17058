namespace Broadsheet.Web.Data.Records;

/// <summary>A large file that comes in piece by piece (tus 1.0.0). How much of it is here, the file itself tells.</summary>
internal sealed class UnfinishedUpload
{
    /// <summary>In its address, and the name of its file; not to be guessed.</summary>
    public string Key { get; set; } = "";
    public long PersonId { get; set; }

    /// <summary>The file's name as its owner calls it.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the picture shows; empty where nothing was said.</summary>
    public string Alt { get; set; } = "";

    /// <summary>Bytes that the whole file has.</summary>
    public long Length { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The medium that it became; null until it is whole.</summary>
    public long? MediaId { get; set; }
}
