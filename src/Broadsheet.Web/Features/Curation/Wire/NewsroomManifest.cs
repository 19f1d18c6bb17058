using System.Text.Json.Serialization;

namespace Broadsheet.Web.Features.Curation.Wire;

internal sealed record NewsroomManifest(
    [property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("short_name")] string ShortName, [property: JsonPropertyName("start_url")] string StartUrl,
    [property: JsonPropertyName("scope")] string Scope, [property: JsonPropertyName("display")] string Display, [property: JsonPropertyName("icons")] IReadOnlyList<ManifestIcon> Icons, [property: JsonPropertyName("share_target")] ShareTarget ShareTarget);

/// <param name="Purpose"><c>any maskable</c>: it may be cut to a circle.</param>
internal sealed record ManifestIcon([property: JsonPropertyName("src")] string Src, [property: JsonPropertyName("sizes")] string Sizes, [property: JsonPropertyName("type")] string Type, [property: JsonPropertyName("purpose")] string Purpose);

internal sealed record ShareTarget([property: JsonPropertyName("action")] string Action, [property: JsonPropertyName("method")] string Method, [property: JsonPropertyName("params")] ShareFields Params);

internal sealed record ShareFields([property: JsonPropertyName("title")] string Title, [property: JsonPropertyName("text")] string Text, [property: JsonPropertyName("url")] string Url);

[JsonSerializable(typeof(NewsroomManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
