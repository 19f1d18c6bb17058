using System.Text.Json.Serialization;

namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>What a script gets for a file that it sent: where it is, or what is wrong with it.</summary>
/// <param name="Path">From the root, ready for a <c>src</c>; null where there is a problem.</param>
/// <param name="Id">Its page in the library; null where there is a problem.</param>
/// <param name="Problem">Null where the file is here.</param>
internal sealed record UploadAnswer(long? Id, string? Path, string? Alt, string? Problem)
{
    public static bool IsAskedFor(HttpRequest request) => request.GetTypedHeaders().Accept.Any(static a => a.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));

    public static IResult Of(long id, string path, string alt) => TypedResults.Json(new UploadAnswer(id, string.Join('/', path.Split('/').Select(Uri.EscapeDataString)), alt, null), UploadAnswerJson.Default.UploadAnswer);

    public static IResult Of(string problem, int status = StatusCodes.Status422UnprocessableEntity) => TypedResults.Json(new UploadAnswer(null, null, null, problem), UploadAnswerJson.Default.UploadAnswer, statusCode: status);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UploadAnswer))]
internal sealed partial class UploadAnswerJson : JsonSerializerContext;
