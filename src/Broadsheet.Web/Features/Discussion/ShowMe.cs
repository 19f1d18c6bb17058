using System.Globalization;
using System.Text.Json.Serialization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>
/// What the shared page cannot say: who this reader is, what the form should be filled with, what of the discussion is theirs.
/// At most three statements for someone signed in, one for a guest, one more where something of theirs is in the trash; none for a stranger; never cached.
/// </summary>
internal static class ShowMe
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/wp-json/broadsheet/v1/me", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpContext http, IDatabaseEngine engine, ReaderSites sites, GuestCookies guests, ReaderMarksReader readers, KeptReplies keeper, TimeProvider clock)
    {
        var ct = http.RequestAborted;
        http.Response.Headers.CacheControl = "private, no-store";
        var (guest, person, now) = (guests.Read(http), CurrentPerson.Of(http), clock.GetUtcNow());
        var marks = ReaderMarks.None;
        DateTimeOffset? visit = null;
        Kept? kept = null;
        var site = await sites.OfAsync(http);
        if (long.TryParse(http.Request.Query["post"], NumberStyles.None, CultureInfo.InvariantCulture, out var article))
        {
            await using var db = engine.Open();
            marks = await readers.OfAsync(http, db, article, ct);
            if (await keeper.ReadAsync(http, db, article, ct) is { } words) kept = new Kept(words.Words, words.ParentId, words.Replies, words.Thread, words.Articles);
            if (person is not null) visit = await db.Visits.Where(v => v.PersonId == person.Id && v.ArticleId == article).Select(v => (DateTimeOffset?)v.At).FirstOrDefaultAsync(ct);
        }
        var unseen = marks.Own.Where(c => c.Standing != Standing.Shown).Select(r => PageViews.Date(site, r.At, r.AtLocal) is var date ? new Held(r.Id, r.ParentId, r.AuthorName, date.Iso, date.Short, marks.NoteOn(r), r.BodyHtml, marks.AppealUrl(r)) : null!);
        return TypedResults.Json(new Me(
            person?.Name, marks.Address, person?.May(Permission.Moderate, site.Publication) == true, guest?.Name, guest?.Email, guest?.Url, [.. unseen], [.. marks.Own.Where(c => marks.MayEdit(c.Id, site.Publication.EditMinutes, now)).Select(c => c.Id)], [.. marks.Own.Select(c => c.Id)], [.. marks.Liked], marks.LikesArticle, [.. marks.Muted],
            visit?.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds())
        {
            Via = person is { Way.IsProvider: true } ? person.Way.Label : null,
            Picture = person is null ? null : AvatarViews.Of(site, AuthorKeys.OfPerson(site.Publication, person.Id), person.Id, person.Name).Url,
            Kept = kept,
        }, MeJson.Default.Me);
    }

    /// <param name="Person">The signed-in person's name; null for a guest.</param>
    /// <param name="Address">The e-mail address of the signed-in person's account; null for a guest.</param>
    /// <param name="Moderates">May put comments on top.</param>
    /// <param name="Held">The reader's own comments that others do not see.</param>
    /// <param name="Editable">The ids of those that they may still change.</param>
    /// <param name="Own">The ids of all that are known to be theirs here.</param>
    /// <param name="Liked">Of comments.</param>
    /// <param name="Muted">Keys of authors.</param>
    /// <param name="LastVisit">Of someone signed in, in milliseconds since 1970; null for the first.</param>
    /// <param name="Now">The server's clock, in milliseconds since 1970.</param>
    internal sealed record Me(
        string? Person, string? Address, bool Moderates, string? Author, string? Email, string? Url, IReadOnlyList<Held> Held, IReadOnlyList<long> Editable, IReadOnlyList<long> Own, IReadOnlyList<long> Liked, bool LikesPost, IReadOnlyList<string> Muted, long? LastVisit, long Now)
    {
        /// <summary>The account elsewhere by which they signed in; null for none.</summary>
        public string? Via { get; init; }

        /// <summary>Of who is signed in, on this server; null for none.</summary>
        public string? Picture { get; init; }

        /// <summary>What they had typed here before they left to sign in; null for nothing.</summary>
        public Kept? Kept { get; init; }
    }

    /// <param name="Parent">0 for none.</param>
    internal sealed record Kept(string Words, long Parent, bool Replies, bool Thread, bool Articles);

    /// <param name="Note">What became of it, to its author.</param>
    /// <param name="Body">Safe HTML.</param>
    /// <param name="Appeal">Where its author asks for another look; null where there is no asking.</param>
    internal sealed record Held(long Id, long? Parent, string Author, string Date, string When, string Note, string Body, string? Appeal);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ShowMe.Me))]
internal sealed partial class MeJson : JsonSerializerContext;
