using System.Globalization;
using System.Text.Json.Serialization;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>
/// Whether a comment should bring the sum that its writer's browser works out, and which: asked by our script when somebody begins to write, since pages are shared and may be older than a flood.
/// No statement; never cached.
/// </summary>
internal static class AskForWork
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/wp-json/broadsheet/v1/work", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpContext http, ReaderSites sites, AttackWatch attack, WorkGate gate, AssetAddresses assets)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        if (!long.TryParse(http.Request.Query["post"], NumberStyles.None, CultureInfo.InvariantCulture, out var article)) return TypedResults.BadRequest();
        var rules = (await sites.OfAsync(http)).Publication.Rules;
        if (CurrentPerson.Of(http)?.Role.IsStaff() == true || !attack.AsksForWork(rules)) return TypedResults.Json(new Work(0), WorkJson.Default.Work);
        var token = gate.Make(article, rules.WorkBits);
        return TypedResults.Json(new Work(rules.WorkBits) { Token = token, Seed = WorkProof.SeedOf(token), Script = assets.Worker }, WorkJson.Default.Work);
    }

    /// <param name="Bits">How many zero bits the hash begins with; 0: nothing is asked for, and the rest is null.</param>
    internal sealed record Work(int Bits)
    {
        /// <summary>Takes the place of the form's.</summary>
        public string? Token { get; init; }

        /// <summary>SHA-256 of it, in hexadecimal.</summary>
        public string? Seed { get; init; }

        /// <summary>The script that works the sum out, for a worker.</summary>
        public string? Script { get; init; }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AskForWork.Work))]
internal sealed partial class WorkJson : JsonSerializerContext;
