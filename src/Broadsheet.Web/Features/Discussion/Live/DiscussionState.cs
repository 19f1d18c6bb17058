using System.Text.Json.Serialization;

namespace Broadsheet.Web.Features.Discussion.Live;

/// <summary>What is told of a discussion to those who watch it: counts and ids, never words.</summary>
/// <param name="Comments">That readers see.</param>
/// <param name="Likes">Of the article.</param>
/// <param name="New">The ids of the comments that were shown since, oldest first; empty where too many were, or it is not known since when.</param>
/// <param name="Liked">By the id of a comment: its likes, where they changed.</param>
/// <param name="Last">The moment, in milliseconds since 1970, up to which comments are told: what to ask with the next time; 0 for none.</param>
internal sealed record DiscussionState(int Comments, int Likes, IReadOnlyList<long> New, IReadOnlyDictionary<long, int> Liked, long Last);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DiscussionState))]
internal sealed partial class LiveJson : JsonSerializerContext;
