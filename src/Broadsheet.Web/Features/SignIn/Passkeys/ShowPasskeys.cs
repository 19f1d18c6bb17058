using System.Globalization;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn.Passkeys;

/// <summary>One's own passkeys: added, renamed, removed.</summary>
internal sealed class ShowPasskeys(IDatabaseEngine engine, Writes writes, PublicationStore publications, DeskPages pages, PasskeyCeremonies ceremonies, TimeProvider clock)
{
    private const string Page = "/account/passkeys/";

    public static void Map(RouteGroupBuilder own)
    {
        own.MapGet("/passkeys/", (HttpContext http, ShowPasskeys action) => action.ShowAsync(http, null, StatusCodes.Status200OK));
        own.MapPost("/passkeys/options/", (HttpContext http, ShowPasskeys action) => action.OptionsAsync(http));
        own.MapPost("/passkeys/", (HttpContext http, ShowPasskeys action) => action.AddAsync(http));
        own.MapPost("/passkeys/{id:long}/", (HttpContext http, long id, ShowPasskeys action) => action.ChangeAsync(http, id));
    }

    private async Task<IResult> ShowAsync(HttpContext http, string? problem, int status, string name = "")
    {
        var (person, publication) = (CurrentPerson.Of(http)!, await publications.GetAsync(http.RequestAborted));
        await using var db = engine.Open();
        var own = await db.Passkeys.Where(p => p.PersonId == person.Id).OrderBy(p => p.Id).ToListAsync(http.RequestAborted);
        return await pages.ShowAsync<PasskeysPage>(http, new PasskeysPage.Content(
            [.. own.Select(p => new PasskeysPage.Entry(p.Id, p.Name, DeskTime.Of(publication, p.CreatedAt), p.UsedAt is { } used ? DeskTime.Of(publication, used) : null, p.IsBackedUp))],
            person.IsFresh(clock.GetUtcNow()), name, problem, Said(http.Request.Query["said"].ToString())), status);
    }

    private async Task<IResult> OptionsAsync(HttpContext http) =>
        CurrentPerson.Of(http)!.IsFresh(clock.GetUtcNow()) ? TypedResults.Text(await ceremonies.OptionsToMakeAsync(http, await PersonAsync(http)), "application/json") : TypedResults.StatusCode(StatusCodes.Status403Forbidden);

    private async Task<IResult> AddAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var name = Name(form["name"].ToString());
        if (!CurrentPerson.Of(http)!.IsFresh(clock.GetUtcNow())) return await ShowAsync(http, null, StatusCodes.Status403Forbidden, name);
        var person = await PersonAsync(http);
        if (await ceremonies.MadeAsync(http, person, form["credential"].ToString()) is not var (made, challenge)) return await ShowAsync(http, "The passkey was not added: it took too long, or your browser sent something else. Try again.", StatusCodes.Status422UnprocessableEntity, name);
        var passkey = new Passkey
        {
            PersonId = person.Id,
            Name = name.Length > 0 ? name : DeviceName.Of(http.Request.Headers.UserAgent),
            CredentialId = made.CredentialId,
            PublicKey = made.PublicKey,
            SignCount = made.SignCount,
            Transports = string.Join(',', made.Transports ?? []),
            IsUserVerified = made.IsUserVerified,
            IsBackupEligible = made.IsBackupEligible,
            IsBackedUp = made.IsBackedUp,
        };
        try
        {
            var isAdded = await writes.RunAsync((scope, token) => PasskeyLedger.AddAsync(scope, passkey, challenge, token), ct);
            return isAdded ? TypedResults.Redirect($"{Page}?said=added") : await ShowAsync(http, string.Create(CultureInfo.InvariantCulture, $"You have {PasskeyLedger.MostOfPerson} passkeys: remove one first."), StatusCodes.Status422UnprocessableEntity, name);
        }
        catch (Exception failure) when (engine.IsUniqueViolation(failure))
        {
            return await ShowAsync(http, "This passkey is known already.", StatusCodes.Status422UnprocessableEntity, name);
        }
    }

    private async Task<IResult> ChangeAsync(HttpContext http, long id)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!.Id);
        var form = await http.Request.ReadFormAsync(ct);
        if (form["deed"] == "remove" && !CurrentPerson.Of(http)!.IsFresh(clock.GetUtcNow())) return await ShowAsync(http, "Nothing was removed: sign in again first.", StatusCodes.Status403Forbidden);
        if (form["deed"] == "remove")
            return await writes.RunAsync((scope, token) => PasskeyLedger.RemoveAsync(scope, person, id, token), ct) ? TypedResults.Redirect($"{Page}?said=removed")
                : await ShowAsync(http, "This passkey is your only way in, so it stays. Set a password or add another passkey first.", StatusCodes.Status422UnprocessableEntity);
        if (Name(form["name"].ToString()) is not { Length: > 0 } name) return await ShowAsync(http, "Give the passkey a name.", StatusCodes.Status422UnprocessableEntity);
        await writes.RunAsync((scope, token) => PasskeyLedger.RenameAsync(scope, person, id, name, token), ct);
        return TypedResults.Redirect($"{Page}?said=renamed");
    }

    private async Task<Person> PersonAsync(HttpContext http)
    {
        var id = CurrentPerson.Of(http)!.Id;
        await using var db = engine.Open();
        return await db.Users.SingleAsync(p => p.Id == id, http.RequestAborted);
    }

    private static string Name(string typed)
    {
        var name = string.Concat(typed.Where(c => !char.IsControl(c))).Trim();
        return name.Length > PasskeyLedger.MaxNameLength ? name[..PasskeyLedger.MaxNameLength] : name;
    }

    private static string? Said(string word) => word switch
    {
        "added" => "The passkey is added. It signs you in from now on.",
        "renamed" => "Saved.",
        "removed" => "The passkey is removed here. Your device may still offer it: remove it there, too.",
        _ => null,
    };
}
