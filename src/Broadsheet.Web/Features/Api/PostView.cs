using System.Text.Json.Serialization;

namespace Broadsheet.Web.Features.Api;

/// <summary>An article or a page, with the members and the order that WordPress gives them.</summary>
internal sealed record PostView
{
    public required long Id { get; init; }
    public required string Date { get; init; }
    public required string DateGmt { get; init; }
    public required Rendered Guid { get; init; }
    public required string Modified { get; init; }
    public required string ModifiedGmt { get; init; }
    public required string Slug { get; init; }
    public required string Status { get; init; }
    public required string Type { get; init; }
    public required string Link { get; init; }
    public required Rendered Title { get; init; }
    public required ProtectedHtml Content { get; init; }
    public required ProtectedHtml Excerpt { get; init; }

    /// <summary>0 for none.</summary>
    public required long Author { get; init; }

    /// <summary>0 for none.</summary>
    public required long FeaturedMedia { get; init; }

    /// <summary>Pages only; 0 at the root.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Parent { get; init; }

    /// <summary>Pages only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MenuOrder { get; init; }
    public required string CommentStatus { get; init; }
    public required string PingStatus { get; init; }

    /// <summary>Articles only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Sticky { get; init; }
    public string Template { get; } = "";

    /// <summary>Articles only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Format { get; init; }
    public IReadOnlyList<string> Meta { get; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? Categories { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? Tags { get; init; }
    public required IReadOnlyList<string> ClassList { get; init; }

    /// <summary>Ours: where the article was first published; null for the publication's own.</summary>
    public required CreditMember? BroadsheetCredit { get; init; }
}

/// <summary>Safe HTML, as shown.</summary>
[method: JsonConstructor]
internal sealed record Rendered([property: JsonPropertyName("rendered")] string Html);

/// <param name="Protected">A password is wanted: the HTML is empty.</param>
internal sealed record ProtectedHtml([property: JsonPropertyName("rendered")] string Html, bool Protected);
