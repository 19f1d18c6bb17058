using System.Globalization;
using System.Text.Json.Nodes;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Api;

/// <summary>A program that reads the API of a filled site. <c>{one}</c> and the like in an address stand for ids of the sample.</summary>
public sealed class ApiClient(BroadsheetSite site, ApiSample sample) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = site.Url };

    public ApiSample Sample => sample;

    public static async Task<ApiClient> OpenAsync(BroadsheetSite site) => new(site, await ApiSample.OfAsync(site));

    public async Task<ApiReply> SendAsync(string path, HttpMethod? method = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(Fill(path), UriKind.Relative));
        if (origin is not null) request.Headers.Add("Origin", origin);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new ApiReply((int)response.StatusCode, text, headers);
    }

    public async Task<JsonNode> ReadAsync(string path)
    {
        var reply = await SendAsync(path);
        Assert.True(reply.Status == 200, $"{path}: {reply.Status} {reply.Text}");
        return reply.Json;
    }

    public string Fill(string path)
    {
        foreach (var (name, id) in new[]
        {
            ("one", sample.One.Id), ("two", sample.Two.Id), ("three", sample.Three.Id), ("sealed", sample.Sealed.Id), ("draft", sample.Draft.Id), ("about", sample.About.Id), ("staff", sample.Staff.Id), ("author", sample.Author),
            ("editor", sample.Editor), ("picture", sample.Picture), ("hidden", sample.HiddenPicture), ("news", sample.News), ("local", sample.Local), ("ferries", sample.Ferries), ("first", sample.First), ("reply", sample.Reply), ("held", sample.Held),
        })
            path = path.Replace($"{{{name}}}", id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return path.Replace("{site}", site.Url.ToString().TrimEnd('/'), StringComparison.Ordinal).Replace("{path}", sample.One.Path, StringComparison.Ordinal);
    }

    public void Dispose() => _http.Dispose();
}

public sealed record ApiReply(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
