using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Following;

/// <summary>Puts a new article before all who follow the publication: a batch a write.</summary>
internal sealed class NotifyArticle(IDatabaseEngine engine, Writes writes) : IJob
{
    public string Name => FollowNotices.NotifyArticle;

    public async Task RunAsync(string payload, CancellationToken ct)
    {
        var id = long.Parse(payload, CultureInfo.InvariantCulture);
        await using (var db = engine.Open())
            if (!await db.PublicWords().AnyAsync(a => a.Id == id && a.Kind == ArticleKind.Article, ct)) return;
        for (long? last = 0; last is { } after;)
        {
            last = await writes.RunAsync((scope, token) => FollowNotices.TellOfArticleAsync(scope, id, after, NotifyComment.Batch, token), ct);
            await writes.YieldAsync(ct);
        }
    }
}
