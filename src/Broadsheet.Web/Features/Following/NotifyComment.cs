using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Following;

/// <summary>Puts a comment that was just shown before all who follow: a batch a write, so that writers of comments wait for no more than one.</summary>
internal sealed class NotifyComment(IDatabaseEngine engine, Writes writes) : IJob
{
    public const int Batch = 500;

    public string Name => FollowNotices.NotifyComment;

    public async Task RunAsync(string payload, CancellationToken ct)
    {
        var id = long.Parse(payload, CultureInfo.InvariantCulture);
        ToldComment comment;
        await using (var db = engine.Open())
        {
            // Whoever was quick to remove it again has told nobody.
            if (await db.PublicComments().Where(c => c.Id == id).Select(c => new { c.ArticleId, c.EmailFolded, c.PersonId, c.ParentId }).FirstOrDefaultAsync(ct) is not { } found) return;
            var parent = found.ParentId is { } above ? await db.Comments.Where(c => c.Id == above && c.ArticleId == found.ArticleId).Select(c => c.EmailFolded).FirstOrDefaultAsync(ct) : null;
            comment = new ToldComment(id, found.ArticleId, found.EmailFolded, found.PersonId, parent ?? "");
        }
        await writes.RunAsync((scope, token) => FollowNotices.TellOfReplyAsync(scope, comment, token), ct);
        for (long? last = 0; last is { } after;)
        {
            last = await writes.RunAsync((scope, token) => FollowNotices.TellOfCommentAsync(scope, comment, after, Batch, token), ct);
            await writes.YieldAsync(ct);
        }
    }
}
