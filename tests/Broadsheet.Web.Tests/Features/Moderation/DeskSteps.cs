using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>What the desk's script is told of a decision.</summary>
internal sealed record DeskAnswer(string Said, long[] Decisions, long[] Comments);

/// <summary>What moderators and readers do at a desk, and what stands there.</summary>
internal static class DeskSteps
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>As the script does it.</summary>
    public static async Task<DeskAnswer> DecideAsync(this StaffClient mod, IDocument page, long id, string to, string? seen = null)
    {
        using var answer = await mod.PostFromAsync(page, "/newsroom/comments/", [new("one", $"{to}:{id}"), new($"seen-{id}", seen ?? page.QuerySelector($"#card-{id}")!.GetAttribute("data-seen")!)]);
        return JsonSerializer.Deserialize<DeskAnswer>(await answer.Content.ReadAsStringAsync(), Names)!;
    }

    public static async Task<HttpResponseMessage> PostFromAsync(this StaffClient mod, IDocument page, string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var token = page.QuerySelector("form.queue input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields]) };
        request.Headers.Add("Accept", "application/json");
        var answer = await mod.Browser.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }

    public static async Task ReportAsync(this ReaderClient reader, long id, string reason)
    {
        using var answer = await reader.PostAsync("/discussion/report/", [new("comment", $"{id}"), new("reason", reason), new("note", "Look here.")]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>A stranger's comment, which waits, under an article of its own.</summary>
    public static async Task<long> HoldAsync(this BroadsheetSite site, string title, string name, string words)
    {
        var article = await site.PublishAsync(title);
        using var guest = site.NewReader();
        using var posted = await guest.CommentAsync(article.Path, words, name, $"{name.ToLowerInvariant().Replace(' ', '.')}.{article.Id}@example.org");
        Assert.Equal(HttpStatusCode.Found, posted.StatusCode);
        return long.Parse(posted.Headers.Location!.OriginalString.Split("#comment-")[1]);
    }

    public static Task<long> ShowAsync(this BroadsheetSite site, long articleId, string words) => site.Writes.RunAsync(async (scope, ct) =>
    {
        var draft = CommentDraft.Read(new CommentFields(articleId, null, words, "Ida", "ida@example.org", ""), true).Value;
        var comment = Comment.Write(draft, Core.Text.CommentText.Render(words), new CommentOrigin(null, "192.0.2.9", "", scope.Now, scope.Now.DateTime), Standing.Shown, null);
        await CommentLedger.AddAsync(scope, comment, ct);
        return comment.Id;
    }, CancellationToken.None);

    public static Task<Standing> StandingAsync(this BroadsheetSite site, long id) => site.ReadAsync(db => db.Comments.Where(c => c.Id == id).Select(c => c.Standing).SingleAsync());

    /// <summary>The counters say what the tables say.</summary>
    public static async Task ExpectCountsAsync(this BroadsheetSite site)
    {
        var lengths = await site.ReadAsync(db => QueueLedger.LengthsAsync(db, CancellationToken.None));
        foreach (var (queue, standing) in new[] { (Queue.Held, Standing.Held), (Queue.Spam, Standing.Spam), (Queue.Trash, Standing.Trashed) })
            Assert.Equal(await site.ReadAsync(db => db.Comments.CountAsync(c => c.Standing == standing)), lengths.GetValueOrDefault(queue));
        Assert.Equal(await site.ReadAsync(db => db.ReportedComments.CountAsync()), lengths.GetValueOrDefault(Queue.Reported));
    }
}
