using System.Globalization;
using System.Text.Json.Serialization;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>Own articles and pages whose headline has these words, newest first: what the editor offers after <c>[[</c>. Those who may not edit others' see their own and what is published.</summary>
internal sealed class FindTitles(IDatabaseEngine engine, ReaderSites sites)
{
    private const int Offered = 8;
    private const int MaxWords = 200;

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/titles/", (HttpContext http, FindTitles action) => action.FindAsync(http));
        room.MapGet("/tags/", (HttpContext http, FindTitles action) => action.FindTagsAsync(http));
    }

    private async Task<IResult> FindAsync(HttpContext http)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        var words = http.Request.Query["q"].ToString().Trim() is { Length: <= MaxWords } q ? q.ToLowerInvariant() : "";
        var site = await sites.OfAsync(http);
        await using var db = engine.Open();
        var found = db.Articles.Where(a => (a.Kind == ArticleKind.Article || a.Kind == ArticleKind.Page) && a.Status != ArticleStatus.Trashed && a.Status != ArticleStatus.AutoDraft && a.TitleText != "");
        if (!person.Role.May(Permission.EditAny)) found = found.Where(a => a.AuthorId == person.Id || a.Status == ArticleStatus.Published);
        if (words.Length > 0) found = found.Where(a => a.TitleText.ToLower().Contains(words) || a.Slug.Contains(words));
        var rows = await found.OrderByDescending(a => a.PublishedAt ?? a.ModifiedAt).ThenByDescending(a => a.Id).Take(Offered).AsRows(db).ToListAsync(ct);
        return TypedResults.Json(rows.Select(r => new FoundTitle(r.TitleText, r.Status == ArticleStatus.Published ? site.Links.To(r) : string.Create(CultureInfo.InvariantCulture, $"/?p={r.Id}"), StatusWords.Of(r.Status))).ToArray(), FoundTitleJson.Default.FoundTitleArray);
    }

    /// <summary>Tags that are known, those with the most articles first.</summary>
    private async Task<IResult> FindTagsAsync(HttpContext http)
    {
        var words = http.Request.Query["q"].ToString().Trim() is { Length: > 0 and <= Term.MaxNameLength } q ? q.ToLowerInvariant() : "";
        await using var db = engine.Open();
        var names = await db.Terms.Where(t => t.Taxonomy == Term.Tag && t.Name.ToLower().Contains(words)).OrderByDescending(t => t.Articles).ThenBy(t => t.Name).Take(Offered).Select(t => t.Name).ToArrayAsync(http.RequestAborted);
        return TypedResults.Json(names, FoundTitleJson.Default.StringArray);
    }
}

/// <param name="Url">From the root; of what is not published yet by its number, which leads on once it is.</param>
internal sealed record FoundTitle(string Title, string Url, string Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FoundTitle[]))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class FoundTitleJson : JsonSerializerContext;
