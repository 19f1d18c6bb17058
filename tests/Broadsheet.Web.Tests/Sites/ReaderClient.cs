using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>A reader's browser without script: keeps cookies, sends the headers of a browser, fills in forms as they were rendered.</summary>
public sealed class ReaderClient : IDisposable
{
    private readonly HttpClient _http;

    public ReaderClient(Uri site)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = site };
        _http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    public CookieContainer Cookies { get; } = new();

    public HttpClient Http => _http;

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));

    public async Task<string> ReadAsync(string path)
    {
        using var response = await GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{path}: {(int)response.StatusCode}\n{text}");
    }

    public async Task<IHtmlDocument> OpenAsync(string path) => new HtmlParser().ParseDocument(await ReadAsync(path));

    /// <summary>Opens the article, fills in its form and sends it, as a person does.</summary>
    public async Task<HttpResponseMessage> CommentAsync(string path, string comment, string author = "Ann Reader", string email = "ann@example.org", IEnumerable<KeyValuePair<string, string>>? more = null)
    {
        var form = (IHtmlFormElement)(await OpenAsync(path)).QuerySelector("#commentform")!;
        var fields = form.Elements.OfType<IHtmlInputElement>().Where(i => i.Type is not "checkbox").ToDictionary(i => i.Name!, i => i.Value, StringComparer.Ordinal);
        fields["comment"] = comment;
        if (fields.ContainsKey("author")) (fields["author"], fields["email"]) = (author, email);
        foreach (var (name, value) in more ?? []) fields[name] = value;
        return await PostAsync("/wp-comments-post.php", fields);
    }

    public Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) => _http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(fields));

    public void Dispose() => _http.Dispose();
}
