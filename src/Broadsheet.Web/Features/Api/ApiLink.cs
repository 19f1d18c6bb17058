using System.Text.Json.Serialization;

namespace Broadsheet.Web.Features.Api;

/// <summary>A link of an item.</summary>
/// <param name="Target">What <c>_embed</c> puts in its place; null for a link that cannot be embedded.</param>
internal sealed record ApiLink(string Href, [property: JsonIgnore] EmbedTarget? Target = null)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Embeddable => Target is null ? null : true;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Taxonomy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PostType { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Templated { get; init; }

    /// <summary>Explains the prefix of <c>wp:term</c> and the like.</summary>
    public static ApiLink[] Curies { get; } = [new("https://api.w.org/{rel}") { Name = "wp", Templated = true }];
}

/// <summary>What an embeddable link leads to.</summary>
/// <param name="Part">The taxonomy, for the terms of an article.</param>
internal readonly record struct EmbedTarget(EmbedKind Kind, long Id, string? Part = null);

internal enum EmbedKind
{
    Person,
    Media,
    Post,
    Comment,
    Term,

    /// <summary>The terms of an article, in one taxonomy.</summary>
    TermsOf,

    /// <summary>The comments of an article.</summary>
    RepliesTo,
}
