using System.Text;
using System.Text.Encodings.Web;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Hosting;

/// <summary>Gives back what a reader had typed into a form that could not be taken, on a page that needs neither theme nor database: a comment with its form, to be sent again; of any other form the longer texts.</summary>
internal static class KeptWords
{
    private const string Comments = "/wp-comments-post.php";

    /// <summary>Shorter ones are quicker typed again than found.</summary>
    private const int Long = 20;

    /// <summary>Bytes of a request; what is larger is not given back: nobody typed that.</summary>
    private const int Largest = 256 << 10;

    /// <summary>What a comment's form has, besides the words.</summary>
    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "author", "email", "url", "website_url", "comment_post_ID", "comment_parent", "reply_token", "started_at", "nudged", "work", "wp-comment-cookies-consent", "subscribe_replies", "subscribe_comments", "subscribe_blog",
    };

    /// <returns>Empty where nothing was typed, or nothing of it can be read any more.</returns>
    public static async Task<string> OfAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType || http.Request.ContentLength is not <= Largest || http.Request.Path.StartsWithSegments("/wp-json", StringComparison.Ordinal)) return "";
        IFormCollection? form;
        try
        {
            form = await PostedForm.ReadAsync(http);
        }
        catch (Exception problem) when (problem is IOException or BadHttpRequestException or InvalidOperationException or OperationCanceledException)
        {
            return "";
        }
        if (form is null) return "";
        return http.Request.Path.Value!.TrimEnd('/').Equals(Comments, StringComparison.OrdinalIgnoreCase) ? CommentForm(form) : Texts(form);
    }

    private static string CommentForm(IFormCollection form)
    {
        var html = new StringBuilder($"<form id=\"commentform\" method=\"post\" action=\"{Comments}\">");
        foreach (var (name, values) in form.Where(f => Fields.Contains(f.Key)))
            foreach (var value in values) html.Append($"<input type=\"hidden\" name=\"{Encode(name)}\" value=\"{Encode(value)}\">");
        return html.Append($"<p><label for=\"comment\">Your comment, not stored yet</label></p><p><textarea id=\"comment\" name=\"comment\" rows=\"12\" cols=\"60\">\n{Encode(form["comment"])}</textarea></p><p><button>Send again</button></p></form>").ToString();
    }

    private static string Texts(IFormCollection form)
    {
        var html = new StringBuilder();
        foreach (var (name, values) in form.Where(f => !f.Key.Contains("password", StringComparison.OrdinalIgnoreCase) && !f.Key.Contains("token", StringComparison.OrdinalIgnoreCase)))
            foreach (var value in values.Where(v => v is { Length: >= Long } && v.Any(char.IsWhiteSpace))) html.Append($"<p><textarea aria-label=\"{Encode(name)}\" rows=\"12\" cols=\"60\" readonly>\n{Encode(value)}</textarea></p>");
        return html.Length == 0 ? "" : $"<h2>What you had written</h2><p>It was not stored. Copy it before you leave this page.</p>{html}";
    }

    private static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");
}
