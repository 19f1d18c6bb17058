using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>A member of staff at a browser without script: signed in by a link, filling in forms as they were rendered.</summary>
public sealed class StaffClient(BroadsheetSite site, long id, string email) : IDisposable
{
    private static int _people;

    public ReaderClient Browser { get; } = site.NewReader();

    public long Id => id;

    public string Email => email;

    /// <summary>A new person of this role, signed in.</summary>
    public static async Task<StaffClient> SignInAsync(BroadsheetSite site, Role role, string? password = null)
    {
        var client = await AddAsync(site, role, password);
        using var answer = await client.SubmitAsync(await LinkAsync(site, client.Id), []);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return client;
    }

    /// <summary>A new person of this role, not signed in yet.</summary>
    public static async Task<StaffClient> AddAsync(BroadsheetSite site, Role role, string? password = null)
    {
        var n = Interlocked.Increment(ref _people);
        var edit = new PersonEdit($"{role.ToString().ToLowerInvariant()}{n}@example.org", $"{role} {n}", role, password);
        var person = await site.Writes.RunAsync(async (scope, ct) => (await PeopleLedger.SaveAsync(scope, edit, PeopleLedger.HashOf(password), ct)).Person, CancellationToken.None);
        return new StaffClient(site, person.Id, edit.Email);
    }

    /// <summary>A fresh sign-in link's path.</summary>
    public static async Task<string> LinkAsync(BroadsheetSite site, long person) =>
        $"/account/sign-in/link/{await site.Writes.RunAsync((scope, ct) => PeopleLedger.NewLinkAsync(scope, person, PeopleLedger.LinkLifetime, ct), CancellationToken.None)}/";

    public Task<HttpResponseMessage> GetAsync(string path) => Browser.GetAsync(path);

    public Task<IHtmlDocument> OpenAsync(string path) => Browser.OpenAsync(path);

    /// <summary>Opens a page, fills in its (main) form and sends it with a button.</summary>
    /// <param name="fields">What is typed; null takes a field out (an unticked box).</param>
    /// <param name="button">Name and value of the button that is pressed.</param>
    public async Task<HttpResponseMessage> SubmitAsync(string path, IEnumerable<KeyValuePair<string, string?>> fields, (string Name, string Value)? button = null, string form = "main form[method=post]", params IEnumerable<(string Name, string FileName, byte[] Content)> files) =>
        await SendAsync((IHtmlFormElement?)(await OpenAsync(path)).QuerySelector(form) ?? throw new InvalidOperationException($"{path} has no {form}."), path, fields, button, files);

    public async Task<HttpResponseMessage> SendAsync(IHtmlFormElement form, string path, IEnumerable<KeyValuePair<string, string?>> fields, (string Name, string Value)? button = null, params IEnumerable<(string Name, string FileName, byte[] Content)> files)
    {
        var values = ValuesOf(form);
        foreach (var (name, value) in fields)
        {
            values.RemoveAll(v => v.Key == name);
            if (value is not null) values.Add(KeyValuePair.Create(name, value));
        }
        if (button is { } pressed) values.Add(KeyValuePair.Create(pressed.Name, pressed.Value));
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in values) content.Add(new StringContent(value), name);
        foreach (var file in files) content.Add(new ByteArrayContent(file.Content), file.Name, file.FileName);
        return await Browser.Http.PostAsync(new Uri(form.GetAttribute("action") ?? path, UriKind.Relative), content);
    }

    /// <summary>The page that an answer carries.</summary>
    public static async Task<IHtmlDocument> PageOf(HttpResponseMessage answer) => new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    /// <summary>Writes an article and returns its id.</summary>
    public async Task<long> WriteAsync(string title, string deed, params IEnumerable<KeyValuePair<string, string?>> more)
    {
        using var answer = await SubmitAsync("/newsroom/articles/new/", [new("title", title), new("body", $"Words of {title}."), .. more], ("deed", deed), "form.editor");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return long.Parse(answer.Headers.Location!.OriginalString.Split('/')[3]);
    }

    public void Dispose() => Browser.Dispose();

    private static List<KeyValuePair<string, string>> ValuesOf(IHtmlFormElement form)
    {
        var values = new List<KeyValuePair<string, string>>();
        foreach (var element in form.QuerySelectorAll("input, textarea, select").Where(e => !string.IsNullOrEmpty(e.GetAttribute("name"))))
        {
            var name = element.GetAttribute("name")!;
            if (element is IHtmlInputElement { Type: "checkbox" or "radio" } box) { if (box.IsChecked) values.Add(KeyValuePair.Create(name, box.Value)); }
            else if (element is IHtmlInputElement { Type: "file" }) continue;
            else values.Add(KeyValuePair.Create(name, element switch { IHtmlInputElement input => input.Value, IHtmlTextAreaElement area => area.Value, IHtmlSelectElement select => select.Value ?? "", _ => "" }));
        }
        return values;
    }
}
