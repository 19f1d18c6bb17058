using System.Text.Json.Serialization;

namespace Broadsheet.Web.Features.Api;

/// <summary>An uploaded file, with the members that WordPress gives.</summary>
internal sealed record MediaView
{
    public required long Id { get; init; }
    public required string Date { get; init; }
    public required string DateGmt { get; init; }
    public required Rendered Guid { get; init; }
    public required string Modified { get; init; }
    public required string ModifiedGmt { get; init; }
    public required string Slug { get; init; }
    public string Status { get; } = "inherit";
    public string Type { get; } = "attachment";
    public required string Link { get; init; }
    public required Rendered Title { get; init; }
    public required long Author { get; init; }
    public long FeaturedMedia { get; }
    public required string CommentStatus { get; init; }
    public required string PingStatus { get; init; }
    public string Template { get; } = "";
    public IReadOnlyList<string> Meta { get; } = [];
    public required IReadOnlyList<string> ClassList { get; init; }
    public required Rendered Description { get; init; }
    public required Rendered Caption { get; init; }
    public required string AltText { get; init; }

    /// <summary><c>image</c> or <c>file</c>.</summary>
    public required string MediaType { get; init; }
    public required string MimeType { get; init; }
    public required MediaDetails MediaDetails { get; init; }

    /// <summary>The article that it is attached to; null for none.</summary>
    public required long? Post { get; init; }
    public required string SourceUrl { get; init; }
}

/// <param name="Width">In pixels; absent where it is not known.</param>
/// <param name="Filesize">In bytes; absent while the file is not here.</param>
internal sealed record MediaDetails(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Width, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Height, string File,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Filesize, IReadOnlyDictionary<string, MediaSize> Sizes);

/// <summary>One size of a picture. The type is the original's: a client that names a better one in <c>Accept</c> is sent that.</summary>
internal sealed record MediaSize(string File, int Width, int Height, string MimeType, string SourceUrl);
