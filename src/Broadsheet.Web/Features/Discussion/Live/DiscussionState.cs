using System.Text.Json.Serialization;

namespace Broadsheet.Web.Features.Discussion.Live;

/// <summary>What is told of a discussion to those who watch it: counts and ids, never words.</summary>
/// <param name="Comments">That readers see.</param>
/// <param name="Likes">Of the article.</param>
/// <param name="New">The ids of the comments that were shown since, oldest first; empty where too many were, or it is not known since when.</param>
/// <param name="Liked">By the id of a comment: its likes, where they changed.</param>
internal sealed record DiscussionState(int Comments, int Likes, IReadOnlyList<long> New, IReadOnlyDictionary<long, int> Liked);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DiscussionState))]
internal sealed partial class LiveJson : JsonSerializerContext;
