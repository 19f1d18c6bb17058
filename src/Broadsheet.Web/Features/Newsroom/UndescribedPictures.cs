using AngleSharp.Html.Parser;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>Pictures of an article that say nothing to those who do not see them. They may be ornaments: nothing is refused for them.</summary>
internal static class UndescribedPictures
{
    private const int MostNamed = 5;

    /// <returns>A sentence with their files' names; empty where every picture is described.</returns>
    public static async Task<string> WordsAsync(BroadsheetDb db, Article article, CancellationToken ct)
    {
        using var page = new HtmlParser().ParseDocument(article.BodyHtml);
        var names = page.QuerySelectorAll("img").Where(i => string.IsNullOrWhiteSpace(i.GetAttribute("alt"))).Select(i => i.GetAttribute("src") ?? "").ToList();
        if (article.FeaturedImageId is { } id && await db.Media.FirstOrDefaultAsync(m => m.ArticleId == id && m.Alt == "", ct) is { } featured) names.Add(featured.Path);
        var files = names.Select(n => Uri.UnescapeDataString(n.Split('/')[^1].Split('?')[0])).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (files.Count == 0) return "";
        var named = string.Join(", ", files.Take(MostNamed)) + (files.Count > MostNamed ? " …" : "");
        return $" Without alt text: {named}. Whoever does not see {(files.Count == 1 ? "this picture" : "these pictures")} learns nothing of {(files.Count == 1 ? "it" : "them")}.";
    }
}
