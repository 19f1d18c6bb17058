using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>Media came after the articles that show them, by a later file or from where they were: those articles are rendered anew.</summary>
internal sealed class RenderWithMedia(IDatabaseEngine engine, Publication publication, ImportedIds ids, ImportWriter writer)
{
    private const int Batch = 20;

    public async Task RunAsync(CancellationToken ct)
    {
        await using var db = engine.Open();
        var after = writer.Progress.Item;
        var waiting = db.Articles.Where(a => (a.BodyHtml.Contains("missing-media") || a.Body.Contains("[gallery") || a.Body.Contains("[playlist") || a.Body.Contains("wp-image-"))
            && db.MappedIds.Any(m => m.Kind == MappedKind.Article && m.Source == ids.Source && m.NewId == a.Id));
        while (await waiting.Where(a => a.Id > after).OrderBy(a => a.Id).Take(Batch).Select(a => new Waiting(a.Id, a.Body, a.BodyFormat, a.BodyHtml, a.Excerpt, a.Language)).ToListAsync(ct) is { Count: > 0 } batch)
        {
            await NamesImport.WriteAsync(writer, batch.Select(a => Render(a)).OfType<IImportStep>(), ct);
            after = batch[^1].Id;
        }
    }

    private Write? Render(Waiting a)
    {
        using var db = engine.Open();
        var context = ArticleRendering.Context(publication, new ImportedMedia(new MediaLookup(db, a.Id), ids), a.Language);
        var body = ArticleRenderer.Render(a.Body, a.Format, context);
        return body.Html.Value == a.BodyHtml ? null : new Write(a, body.Html, [.. body.MediaReferences.Select(m => m.Id).OfType<long>().Distinct()]);
    }

    private sealed record Waiting(long Id, string Body, BodyFormat Format, string BodyHtml, string Excerpt, string? Language);

    private sealed class Write(Waiting was, SafeHtml html, IReadOnlyList<long> media) : IImportStep
    {
        public async Task<bool> WriteAsync(WriteScope scope, ImportProgress progress, CancellationToken ct)
        {
            var article = await scope.Db.Articles.AsTracking().SingleAsync(a => a.Id == was.Id, ct);
            progress.Finish(was.Id);
            if (article.Body != was.Body) return true;
            await MediaUseLedger.StoreAsync(scope, was.Id, media, ct);
            article.Rerender(html, was.Excerpt.Trim().Length > 0 ? article.Summary : Excerpt.OfBody(html), ArticleRenderer.Version);
            progress.MissingMedia += ItemPreparation.Missing(html.Value) - ItemPreparation.Missing(was.BodyHtml);
            scope.Evict(CacheTags.Article(was.Id));
            return true;
        }
    }
}
