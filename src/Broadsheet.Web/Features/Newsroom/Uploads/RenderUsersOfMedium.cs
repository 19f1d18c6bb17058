using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>Renders the bodies that show a medium anew: its alt text, its size or its file changed. A piece at a time, each asking for the next.</summary>
internal sealed class RenderUsersOfMedium(IDatabaseEngine engine, Writes writes, PublicationStore publications) : IJob
{
    private const int AtOnce = 20;

    public string Name => MediaLedger.RenderUsers;

    /// <param name="payload">The medium's id; after a blank, the last article that is done.</param>
    public async Task RunAsync(string payload, CancellationToken ct)
    {
        var parts = payload.Split(' ');
        var (id, after) = (long.Parse(parts[0], CultureInfo.InvariantCulture), parts.Length > 1 ? long.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        var publication = await publications.GetAsync(ct);
        await using var db = engine.Open();
        var rows = await db.MediaUses.Where(u => u.MediaId == id && u.ArticleId > after).OrderBy(u => u.ArticleId).Take(AtOnce)
            .Join(db.Articles, u => u.ArticleId, a => a.Id, (u, a) => new { a.Id, a.Title, a.Body, a.BodyFormat, a.Excerpt, a.Language }).OrderBy(a => a.Id).ToListAsync(ct);
        if (rows.Count == 0) return;
        var rendered = rows.ConvertAll(a => (a.Id, Text: ArticleRendering.Render(a.Title, a.Body, a.BodyFormat, a.Excerpt, ArticleRendering.Context(publication, new MediaLookup(db, a.Id), a.Language))));
        await writes.RunAsync(async (scope, token) =>
        {
            foreach (var (article, text) in rendered) await BodyLedger.RerenderArticleAsync(scope, article, text, token);
            if (rows.Count == AtOnce) scope.Enqueue(Name, string.Create(CultureInfo.InvariantCulture, $"{id} {rows[^1].Id}"));
        }, ct);
    }
}
