using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>An open editor tells that somebody is there, and brings words that are not saved; it hears who else is. What is kept so is never published by itself.</summary>
internal sealed class KeepDraft(IDatabaseEngine engine, Writes writes, PublicationStore publications, DeskPages pages, Notices notices, TimeProvider clock)
{
    /// <summary>Not words of the form: tokens, buttons, and what the browser says beside.</summary>
    private static readonly string[] Aside = ["deed", "words"];

    /// <summary>Offered at once.</summary>
    private const int MostWaiting = 10;

    public static void Map(RouteGroupBuilder room, ArticleKind kind)
    {
        foreach (var (path, isNew) in new[] { ("/new", true), ("/{id:long}", false) })
        {
            room.MapPost($"{path}/autosave/", (HttpContext http, KeepDraft action) => action.KeepAsync(http, kind, isNew ? 0 : Id(http)));
            room.MapPost($"{path}/autosave/discard/", (HttpContext http, KeepDraft action) => action.DiscardAsync(http, kind, isNew ? 0 : Id(http)));
        }
        room.MapPost("/{id:long}/take-over/", (HttpContext http, KeepDraft action) => action.TakeOverAsync(http, kind, Id(http)));
    }

    /// <summary>What waits of this person and is not what is stored anyway, of one article or of all that were never saved, latest first: a text for each window.</summary>
    public static async Task<List<KeptDraft>> WaitingAsync(BroadsheetDb db, Publication publication, CurrentPerson person, ArticleKind kind, long articleId, EditorPage.Form stored, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await db.DeskDrafts.Where(d => d.PersonId == person.Id && d.Kind == kind && d.ArticleId == articleId && d.Fields != null).OrderByDescending(d => d.KeptAt).Take(10 * MostWaiting).ToListAsync(ct);
        return [.. rows.Select(r => Waiting(publication, r, stored, now)).OfType<KeptDraft>().Take(MostWaiting)];
    }

    private static KeptDraft? Waiting(Publication publication, DeskDraft row, EditorPage.Form stored, DateTimeOffset now)
    {
        if (row is not { Fields: { } fields, KeptAt: { } at } || Read(fields) is not { } words) return null;
        words = words with { Draft = row.Draft };
        // A sentence on a change of words that are not changed tells of nothing.
        if ((words.Title, words.Body.ReplaceLineEndings("\n"), words.Excerpt) == (stored.Title, stored.Body.ReplaceLineEndings("\n"), stored.Excerpt)) words = words with { Change = stored.Change, ChangeNote = stored.ChangeNote };
        return Words(words) == Words(stored) ? null : new KeptDraft(DeskTime.Of(publication, at), words, now - row.SeenAt < DraftLedger.Absent);
    }

    /// <summary>What would be a loss; an import's line ends are none.</summary>
    private static string Words(EditorPage.Form form) => string.Join('\0', form.Title, form.Body.ReplaceLineEndings("\n"), form.Excerpt, form.Tags, form.Outlet, form.OriginalUrl, form.CreditAuthor, form.Language, form.DiscussionNote, form.ChangeNote);

    private async Task<IResult> KeepAsync(HttpContext http, ArticleKind kind, long id)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        var form = await http.Request.ReadFormAsync(ct);
        await using var db = engine.Open();
        var article = id == 0 ? null : await db.Articles.Where(a => a.Id == id && a.Kind == kind).Select(a => new { a.AuthorId, a.Status, a.ModifiedAt }).FirstOrDefaultAsync(ct);
        if (id != 0 && (article is null || !ArticleRights.MayEdit(person, kind, article.AuthorId, article.Status))) return TypedResults.NotFound();
        var (draft, fields) = (ArticleForm.Draft(form), form["words"] == "1" ? Write(form) : null);
        await writes.RunAsync((scope, token) => DraftLedger.KeepAsync(scope, person.Id, kind, id, draft, fields, token), ct);
        var publication = await publications.GetAsync(ct);
        var others = id == 0 ? [] : await DraftLedger.OthersAsync(db, person.Id, kind, id, clock.GetUtcNow(), ct);
        var taken = id == 0 ? null : await db.DeskDrafts.Where(d => d.PersonId == person.Id && d.Kind == kind && d.ArticleId == id && d.Draft == draft).Join(db.Users, d => d.TakenById, p => p.Id, (_, p) => p.DisplayName).FirstOrDefaultAsync(ct);
        var isChanged = article is not null && form["modified"].ToString() is { Length: > 0 } known && known != ArticleForm.Stamp(article.ModifiedAt);
        return TypedResults.Json(new KeptAnswer(fields is null ? null : Clock(publication, clock.GetUtcNow()), [.. others.Select(o => Words(publication, o))], taken, isChanged), KeptJson.Default.KeptAnswer);
    }

    public static string Words(Publication publication, (string Name, DateTimeOffset Since) other) => $"{other.Name} is editing since {Clock(publication, other.Since)}";

    private static string Clock(Publication publication, DateTimeOffset at) => publication.Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    private async Task<IResult> DiscardAsync(HttpContext http, ArticleKind kind, long id)
    {
        var person = CurrentPerson.Of(http)!;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        await writes.RunAsync((scope, ct) => DraftLedger.DropAsync(scope, person.Id, kind, id, ArticleForm.Draft(form), ct), http.RequestAborted);
        notices.Say(http, new DeskShell.Notice("The words that were not saved are gone."));
        return TypedResults.Redirect(Address(kind, id));
    }

    private async Task<IResult> TakeOverAsync(HttpContext http, ArticleKind kind, long id)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        await using var db = engine.Open();
        if (await db.Articles.FirstOrDefaultAsync(a => a.Id == id && a.Kind == kind, ct) is not { } article || !ArticleRights.MayEdit(person, kind, article.AuthorId, article.Status)) return await EditArticle.GoneAsync(pages, http);
        await writes.RunAsync((scope, token) => DraftLedger.TakeOverAsync(scope, person.Id, kind, id, token), ct);
        notices.Say(http, new DeskShell.Notice("You have taken over. Whoever was here is told, and keeps their words."));
        return TypedResults.Redirect(ArticleForm.AddressAgain(kind, id, await http.Request.ReadFormAsync(ct)));
    }

    private static string Address(ArticleKind kind, long id) => $"{(kind == ArticleKind.Page ? "/newsroom/pages/" : "/newsroom/articles/")}{(id == 0 ? "new" : id)}/";

    private static long Id(HttpContext http) => long.TryParse(http.Request.RouteValues["id"]?.ToString(), out var id) ? id : 0;

    private static string Write(IFormCollection form) => JsonSerializer.Serialize(form.Where(f => !f.Key.StartsWith("__", StringComparison.Ordinal) && !Aside.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value.Select(v => v ?? "").ToArray(), StringComparer.Ordinal), KeptJson.Default.DictionaryStringStringArray);

    private static EditorPage.Form? Read(string fields) =>
        JsonSerializer.Deserialize(fields, KeptJson.Default.DictionaryStringStringArray) is { } values ? ArticleForm.Read(new FormCollection(values.ToDictionary(v => v.Key, v => new StringValues(v.Value), StringComparer.Ordinal))) : null;
}

/// <summary>Words of this person that were not saved.</summary>
/// <param name="IsOpen">A window with them was heard of just now.</param>
internal sealed record KeptDraft(string When, EditorPage.Form Words, bool IsOpen)
{
    /// <summary>By which a page's address asks for them.</summary>
    public string Key => Words.Draft.ToString(CultureInfo.InvariantCulture);
}

/// <param name="At">The time of day at which the words were kept; null where only the presence was told.</param>
/// <param name="Others">Who else is here, in words.</param>
/// <param name="TakenBy">Who has taken over; null for nobody.</param>
/// <param name="IsChanged">Somebody saved meanwhile.</param>
internal sealed record KeptAnswer(string? At, string[] Others, string? TakenBy, bool IsChanged);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeptAnswer))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
internal sealed partial class KeptJson : JsonSerializerContext;
