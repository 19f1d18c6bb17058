using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Redirects;

/// <summary>The rules that send readers on, and the addresses at which they found nothing, to make rules of.</summary>
internal sealed class ShowRedirects(IDatabaseEngine engine, PublicationStore publications, DeskPages pages)
{
    public const string Page = "/newsroom/redirects/";
    private const int ShownRules = 500;
    private const int ShownMissed = 100;

    public static void Map(RouteGroupBuilder room) => room.MapGet("/", (HttpContext http, ShowRedirects action) =>
        action.ShowAsync(http, new RedirectsPage.Form(http.Request.Query["from"].ToString() is { Length: <= RedirectRule.MaxLength } from ? from : "", "", RedirectKind.Moved), null));

    /// <param name="form">What was typed, and stays so.</param>
    /// <param name="problem">What is wrong with it; null for nothing.</param>
    public async Task<IResult> ShowAsync(HttpContext http, RedirectsPage.Form form, Core.Problem? problem)
    {
        var (ct, publication) = (http.RequestAborted, await publications.GetAsync(http.RequestAborted));
        var words = http.Request.Query["q"].ToString().Replace("\0", "", StringComparison.Ordinal).Trim().ToLowerInvariant() is { Length: <= 200 } q ? q : "";
        await using var db = engine.Open();
        var found = words.Length == 0 ? db.Redirections : db.Redirections.Where(r => r.Folded.Contains(words) || r.Target.ToLower().Contains(words));
        var rules = await found.OrderBy(r => r.Folded).Take(ShownRules + 1).ToListAsync(ct);
        var missed = await db.MissedAddresses.OrderByDescending(m => m.Hits).ThenByDescending(m => m.LastAt).Take(ShownMissed).ToListAsync(ct);
        return await pages.ShowAsync<RedirectsPage>(http, new RedirectsPage.Content
        {
            Words = words,
            Typed = form,
            FromProblem = problem?.Field == "from" ? problem.Message : null,
            ToProblem = problem?.Field == "to" ? problem.Message : null,
            HasMore = rules.Count > ShownRules,
            Rules = [.. rules.Take(ShownRules).Select(r => new RedirectsPage.Rule(r.Id, r.Source, r.Target, r.Kind, r.Hits, r.LastHitAt is { } at ? DeskTime.Of(publication, at) : null))],
            Missed = [.. missed.Select(m => new RedirectsPage.Miss(m.Path, m.Hits, m.LinkedFrom, DeskTime.Of(publication, m.LastAt)))],
        }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
