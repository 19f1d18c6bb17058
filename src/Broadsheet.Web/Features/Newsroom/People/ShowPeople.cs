using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.People;

/// <summary>Who is on the staff, who is invited; and, by name or address, anyone who has an account.</summary>
internal sealed class ShowPeople(IDatabaseEngine engine, PublicationStore publications, PublicAddress address, InvitationTokens tokens, DeskPages pages, TimeProvider clock)
{
    public const string Page = "/newsroom/people/";
    private const int Shown = 100;

    public static void Map(RouteGroupBuilder room) => room.MapGet("/", (HttpContext http, ShowPeople action) => action.ShowAsync(http, "", Role.Author, null));

    /// <param name="email">What was typed, and stays so.</param>
    /// <param name="problem">What is wrong with it; null for nothing.</param>
    public async Task<IResult> ShowAsync(HttpContext http, string email, Role role, string? problem)
    {
        var (ct, now, publication) = (http.RequestAborted, clock.GetUtcNow(), await publications.GetAsync(http.RequestAborted));
        var words = http.Request.Query["q"].ToString().Replace("\0", "", StringComparison.Ordinal).Trim() is { Length: <= 200 } q ? q : "";
        var (folded, upper) = (words.ToLowerInvariant(), words.ToUpperInvariant());
        await using var db = engine.Open();
        var found = words.Length == 0 ? db.Users.Where(p => p.Role != Role.Reader) : db.Users.Where(p => p.DisplayName.ToLower().Contains(folded) || (p.NormalizedEmail != null && p.NormalizedEmail.Contains(upper)));
        var rows = await found.OrderByDescending(p => p.Role).ThenBy(p => p.DisplayName).ThenBy(p => p.Id).Take(Shown + 1).Select(p => new { p.Id, p.DisplayName, p.Email, p.Role, p.SignedInAt }).ToListAsync(ct);
        var open = await InvitationLedger.Open(db, now).OrderBy(i => i.Id).ToListAsync(ct);
        return await pages.ShowAsync<PeoplePage>(http, new PeoplePage.Content
        {
            Words = words,
            Rows = [.. rows.Take(Shown).Select(p => new PeoplePage.Row(p.Id, p.DisplayName, p.Email ?? "", p.Role, p.SignedInAt is { } at ? DeskTime.Of(publication, at) : null))],
            HasMore = rows.Count > Shown,
            Invited = [.. open.Select(i => new PeoplePage.Open(i.Id, i.Email, i.Role, DeskTime.Of(publication, i.ExpiresAt), $"{address.Of(http.Request)}{tokens.ToPath(i.Id, isMailed: false)}"))],
            Email = email,
            Wished = role,
            Problem = problem,
        }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
