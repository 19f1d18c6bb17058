using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Outbound;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.SignIn.Social;

/// <summary>Fetches the picture that somebody has at a provider, once, by the server, for one who has none here. Without it they have their initials, so that no failure is told of.</summary>
internal sealed class FetchLoginPicture(Writes writes, PublicationStore publications, GuardedHttp http) : IJob
{
    private const string JobName = "login-picture";
    private const int Side = 192;
    private static readonly OutboundLimits Limits = new(5 << 20, TimeSpan.FromSeconds(10), MaxRedirects: 3);

    public string Name => JobName;

    /// <param name="url">Null: there is none.</param>
    public static void Ask(WriteScope scope, long person, string? url)
    {
        if (url is not null) scope.Enqueue(JobName, JsonSerializer.Serialize(new Wanted(person, url), PictureJson.Default.Wanted));
    }

    public async Task RunAsync(string payload, CancellationToken ct)
    {
        var (person, url) = JsonSerializer.Deserialize(payload, PictureJson.Default.Wanted)!;
        var fetched = await http.GetAsync(url, Limits, async (_, body, token) =>
        {
            using var copy = new MemoryStream();
            await body.CopyToAsync(copy, token);
            return copy.ToArray();
        }, ct);
        if (fetched.Problem is not null || AvatarPicture.Draw(fetched.Value, Side, PictureCut.Middle) is not { Problem: null, Value: var picture }) return;
        var key = AuthorKeys.OfPerson(await publications.GetAsync(ct), person);
        await writes.RunAsync((scope, token) => PictureLedger.GiveAsync(scope, person, key, picture, token), ct);
    }

    internal sealed record Wanted(long Person, string Url);
}

[JsonSerializable(typeof(FetchLoginPicture.Wanted))]
internal sealed partial class PictureJson : JsonSerializerContext;
