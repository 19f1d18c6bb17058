using System.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn.TwoSteps;

/// <summary>Sets up, and ends, the second step of one's sign-in. All of it asks for a sign-in of a moment ago: whoever found a browser open could lock its owner out by it.</summary>
internal sealed class ShowTwoSteps(IDatabaseEngine engine, Writes writes, PublicationStore publications, DeskPages pages, AuthenticatorCodes codes, TimeProvider clock)
{
    public const string Page = "/account/two-steps/";

    public static void Map(RouteGroupBuilder own)
    {
        own.MapGet("/two-steps/", (HttpContext http, ShowTwoSteps action) => action.ShowAsync(http, null, StatusCodes.Status200OK));
        own.MapGet("/two-steps/picture.svg", (HttpContext http, ShowTwoSteps action) => action.DrawAsync(http));
        own.MapPost("/two-steps/", (HttpContext http, ShowTwoSteps action) => action.HandleAsync(http));
    }

    private async Task<IResult> ShowAsync(HttpContext http, string? problem, int status)
    {
        var (ct, person, publication) = (http.RequestAborted, CurrentPerson.Of(http)!, await publications.GetAsync(http.RequestAborted));
        await using var db = engine.Open();
        var row = await db.TwoSteps.FirstOrDefaultAsync(t => t.PersonId == person.Id, ct);
        var left = await db.RecoveryCodes.CountAsync(c => c.PersonId == person.Id && c.UsedAt == null, ct);
        var isFresh = person.IsFresh(clock.GetUtcNow());
        var view = new TwoStepsPage.Content(row?.OnAt is { } on ? DeskTime.Of(publication, on) : null, left, isFresh, await db.Passkeys.AnyAsync(p => p.PersonId == person.Id, ct), publication.StaffNeedTwoSteps && Core.People.Permissions.IsStaff(person.Role), problem)
        {
            IsNeeded = http.Request.Query["needed"] == "1",
            Key = row is { OnAt: null } && isFresh ? Grouped(codes.KeyOf(row.Secret)) : null,
            Address = row is { OnAt: null } && isFresh ? await AddressAsync(db, row, person, publication, ct) : null,
            Said = http.Request.Query["said"] == "ended" ? "Two steps are off." : null,
        };
        return await pages.ShowAsync<TwoStepsPage>(http, view, status);
    }

    /// <summary>Made here: no other server learns the secret. Kept by no browser, as all pages of an account.</summary>
    private async Task<IResult> DrawAsync(HttpContext http)
    {
        var person = CurrentPerson.Of(http)!;
        await using var db = engine.Open();
        if (!person.IsFresh(clock.GetUtcNow()) || await db.TwoSteps.FirstOrDefaultAsync(t => t.PersonId == person.Id && t.OnAt == null, http.RequestAborted) is not { } row) return TypedResults.NotFound();
        return TypedResults.Text(AuthenticatorCodes.Picture(await AddressAsync(db, row, person, await publications.GetAsync(http.RequestAborted), http.RequestAborted)), "image/svg+xml", Encoding.UTF8);
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        var form = await http.Request.ReadFormAsync(ct);
        if (!person.IsFresh(clock.GetUtcNow())) return await ShowAsync(http, null, StatusCodes.Status403Forbidden);
        switch (form["deed"].ToString())
        {
            case "begin":
                var secret = codes.NewSecret();
                await writes.RunAsync((scope, token) => TwoStepsLedger.BeginAsync(scope, person.Id, secret, token), ct);
                return TypedResults.Redirect(Page);
            case "confirm":
                return await ConfirmAsync(http, person, string.Concat(form["code"].ToString().Where(char.IsAsciiDigit)));
            case "codes" when person.HasTwoSteps:
                return await CodesAsync(http, await writes.RunAsync((scope, token) => TwoStepsLedger.RenewCodesAsync(scope, person.Id, token), ct));
            case "end":
                await writes.RunAsync((scope, token) => TwoStepsLedger.EndAsync(scope, person.Id, SignInWay.Passkey.Key, token), ct);
                return TypedResults.Redirect($"{Page}?said=ended");
            default:
                return TypedResults.Redirect(Page);
        }
    }

    private async Task<IResult> ConfirmAsync(HttpContext http, CurrentPerson person, string code)
    {
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        if (await db.TwoSteps.FirstOrDefaultAsync(t => t.PersonId == person.Id && t.OnAt == null, ct) is not { } row) return TypedResults.Redirect(Page);
        if (codes.StepOf(row.Secret, code) is not { } step) return await ShowAsync(http, "This is not the code that the app shows now. If it is, look whether the clocks of both devices are right.", StatusCodes.Status422UnprocessableEntity);
        return await writes.RunAsync((scope, token) => TwoStepsLedger.ConfirmAsync(scope, person.Id, person.SessionId, step, token), ct) is { } made ? await CodesAsync(http, made) : TypedResults.Redirect(Page);
    }

    private Task<IResult> CodesAsync(HttpContext http, IReadOnlyList<string> made) => pages.ShowAsync<RecoveryCodesPage>(http, new RecoveryCodesPage.Content([.. made.Select(Grouped)]));

    private static async Task<string> AddressOfAsync(BroadsheetDb db, CurrentPerson person, CancellationToken ct) => await db.Users.Where(p => p.Id == person.Id).Select(p => p.Email).FirstAsync(ct) ?? person.Name;

    private async Task<string> AddressAsync(BroadsheetDb db, Data.Records.TwoSteps row, CurrentPerson person, Publication publication, CancellationToken ct) => codes.AddressOf(row.Secret, publication.Title, await AddressOfAsync(db, person, ct));

    private static string Grouped(string key) => string.Join(' ', key.Chunk(4).Select(c => new string(c)));
}
