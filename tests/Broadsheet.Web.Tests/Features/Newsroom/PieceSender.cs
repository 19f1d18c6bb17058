using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Newsroom;

/// <summary>Sends a file piece by piece (tus 1.0.0).</summary>
internal static class PieceSender
{
    public const string Pieces = "/newsroom/media/pieces/";

    public static async Task<string> TokenAsync(StaffClient who) => (await who.OpenAsync("/newsroom/media/")).QuerySelector("form.upload input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    public static async Task<string> BeginAsync(StaffClient who, string token, long length, string name, string alt = "")
    {
        using var begun = await SendAsync(who, token, HttpMethod.Post, Pieces, ("Upload-Length", length.ToString(CultureInfo.InvariantCulture)), ("Upload-Metadata", $"filename {Base64(name)},alt {Base64(alt)}"));
        Assert.Equal(HttpStatusCode.Created, begun.StatusCode);
        Assert.NotNull(Header(begun, "Upload-Expires"));
        return begun.Headers.Location!.OriginalString;
    }

    public static async Task<HttpResponseMessage> AppendAsync(StaffClient who, string? token, string url, long at, byte[] piece)
    {
        using var request = Request(token, HttpMethod.Patch, url, ("Upload-Offset", at.ToString(CultureInfo.InvariantCulture)));
        request.Content = new ByteArrayContent(piece) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };
        return await who.Browser.Http.SendAsync(request);
    }

    public static async Task<HttpResponseMessage> SendAsync(StaffClient who, string token, HttpMethod method, string url, params (string Name, string Value)[] headers)
    {
        using var request = Request(token, method, url, headers);
        return await who.Browser.Http.SendAsync(request);
    }

    private static HttpRequestMessage Request(string? token, HttpMethod method, string url, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(url, UriKind.Relative)) { Headers = { { "Tus-Resumable", "1.0.0" } } };
        if (token is not null) request.Headers.Add("RequestVerificationToken", token);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return request;
    }

    public static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
