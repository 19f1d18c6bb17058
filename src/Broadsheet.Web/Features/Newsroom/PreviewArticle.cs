using System.Text.Encodings.Web;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>The words as they would be shown, for the pane beside the form: a fragment of safe markup.</summary>
internal static class PreviewArticle
{
    public static void Map(RouteGroupBuilder room) => room.MapPost("/", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext http, ArticleRendering rendering)
    {
        var words = ArticleForm.Read(await http.Request.ReadFormAsync(http.RequestAborted));
        var text = await rendering.RenderAsync(new ArticleEdit(words.Title, words.Body, words.Format) { Kind = ArticleKind.Article, Language = LanguageTag.Read(words.Language) }, 0, http.RequestAborted);
        var problem = text.Problem is { } unread ? $"<p class=\"problem\">{HtmlEncoder.Default.Encode(unread.Message)}</p>\n" : "";
        return TypedResults.Text($"{problem}{(text.TitleText.Length > 0 ? $"<h1>{text.TitleHtml.Value}</h1>\n" : "")}{text.BodyHtml.Value}", "text/html; charset=utf-8");
    }
}
