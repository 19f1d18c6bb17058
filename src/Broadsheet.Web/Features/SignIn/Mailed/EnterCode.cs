using System.Security.Cryptography;
using System.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.SignIn.Mailed;

/// <summary>Types the code of the mail into the browser that asked for it.</summary>
internal sealed class EnterCode(IDatabaseEngine engine, Writes writes, DeskPages pages, PublicationStore publications, MailedTokens tokens, SignInDoor door, TimeProvider clock)
{
    private const string Wrong = "This is not the code of the mail. Look for the newest one.";
    private const string Over = "This mail can be used no more: too many codes, or too late. Ask for another.";

    public static void Map(IEndpointRouteBuilder account)
    {
        account.MapGet("/sign-in/code/", (HttpContext http, EnterCode action) => action.ShowAsync(http));
        account.MapPost("/sign-in/code/", (HttpContext http, EnterCode action) => action.HandleAsync(http));
    }

    private Task<IResult> ShowAsync(HttpContext http) =>
        tokens.Asked(http) is null ? Task.FromResult<IResult>(TypedResults.Redirect("/account/sign-in/")) : pages.ShowAsync<CodePage>(http, new CodePage.Content(null));

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        if (tokens.Asked(http) is not { } id) return TypedResults.Redirect("/account/sign-in/");
        var typed = string.Concat((await http.Request.ReadFormAsync(ct))["code"].ToString().Where(char.IsAsciiDigit));
        // For what was never sent, too: the answers are those of a wrong code.
        if (id > 0 && !await writes.RunAsync((scope, token) => SignInLedger.CountTryAsync(scope, id, token), ct)) return await AgainAsync(http, Over);
        await using var db = engine.Open();
        var request = await SignInLedger.FindAsync(db, id, clock.GetUtcNow(), ct);
        var code = MailedTokens.Code(await publications.GetAsync(ct), id);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(typed), Encoding.ASCII.GetBytes(code)) || id == 0) return await AgainAsync(http, Wrong);
        if (request is null) return await AgainAsync(http, Over);
        if (await SignInLedger.OfAddressAsync(db.Users, request.EmailFolded, ct) is null) return TypedResults.Redirect($"/account/sign-in/mail/{tokens.ToLink(id)}/");
        var publication = await publications.GetAsync(ct);
        var person = await writes.RunAsync((scope, token) => SignInLedger.UseAsync(scope, publication, id, null, token), ct);
        return person.Problem is not null ? await AgainAsync(http, Over) : await OpenMailedLink.EnterAsync(http, person.Value, request, door);
    }

    private Task<IResult> AgainAsync(HttpContext http, string problem) => pages.ShowAsync<CodePage>(http, new CodePage.Content(problem), StatusCodes.Status422UnprocessableEntity);
}
