using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Demo;

/// <summary>A discussion under one sample article. The same each time: what varies is made from the position.</summary>
internal sealed class SampleThread(Publication publication, long articleId, DateTimeOffset from)
{
    private readonly List<long> _ids = [];

    public Task AddAsync(Writes writes, int count, long staffId, CancellationToken ct) => writes.RunAsync(async (scope, token) =>
    {
        for (var i = 0; i < count; i++)
        {
            // Two in three answer something: mostly the last, sometimes an earlier one.
            long? parent = i == 0 || i % 3 == 0 ? null : _ids[^(1 + i * 5 % Math.Min(_ids.Count, 4))];
            var person = i % 17 == 9 ? staffId : (long?)null;
            _ids.Add(await AddAsync(scope, publication, articleId, parent, SampleText.Comments[(i + (int)articleId) % SampleText.Comments.Count], SampleText.Commenters[i * 7 % SampleText.Commenters.Count], person, from.AddSeconds(i * 5), Standing.Shown, token));
        }
    }, ct);

    /// <summary>What a moderator would find: some held, some spam, one in the trash, and a removed comment that has replies.</summary>
    public static Task AddRemainsAsync(Writes writes, Publication publication, long articleId, DateTimeOffset now, CancellationToken ct) => writes.RunAsync(async (scope, token) =>
    {
        foreach (var (words, name, standing) in new[]
        {
            ("Is the ramp at Teal Point wide enough for a wheelchair now? My father would like to go.", "First-time writer", Standing.Held),
            ("I sat next to Mr Andersson on Sunday. He waved at every stop, also at the empty ones.", "Nell", Standing.Held),
            ("Best prices for boat parts, see https://parts.example and https://more-parts.example and https://all-parts.example", "boat parts", Standing.Spam),
            ("You have won a crossing. Click to claim.", "lucky", Standing.Spam),
            ("test test", "test", Standing.Trashed),
        })
            await AddAsync(scope, publication, articleId, null, words, name, null, now.AddMinutes(-3), standing, token);
        var removed = await scope.Db.Comments.AsTracking().Where(c => c.ArticleId == articleId && c.ShownReplies > 0).OrderBy(c => c.Id).Skip(2).FirstOrDefaultAsync(token);
        if (removed is not null) await CommentLedger.DecideAsync(scope, removed, Standing.Trashed, token);
    }, ct);

    private static async Task<long> AddAsync(WriteScope scope, Publication publication, long articleId, long? parent, string words, string name, long? person, DateTimeOffset at, Standing standing, CancellationToken ct)
    {
        var email = $"{string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant()}@readers.example";
        var draft = CommentDraft.Read(new CommentFields(articleId, parent, words, person is null ? name : "The desk", email, null), nameAndEmailRequired: true).Value;
        var comment = Comment.Write(draft, CommentText.Render(words, publication.Language), new CommentOrigin(person, "198.51.100.7", "", at, publication.Local(at)), standing, null);
        await CommentLedger.AddAsync(scope, comment, ct);
        return comment.Id;
    }
}
