using System.Text.Json.Serialization;

namespace Broadsheet.Web.Features.Api;

/// <summary>Everything that the API sends.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PostView))]
[JsonSerializable(typeof(MediaView))]
[JsonSerializable(typeof(CommentView))]
[JsonSerializable(typeof(TermView))]
[JsonSerializable(typeof(PersonView))]
[JsonSerializable(typeof(FoundView))]
[JsonSerializable(typeof(TypeView))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(TaxonomyView))]
[JsonSerializable(typeof(OEmbedView))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, ApiLink[]>))]
internal sealed partial class ApiJson : JsonSerializerContext;
