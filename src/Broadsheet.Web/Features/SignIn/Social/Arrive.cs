using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.SignIn.Social;

/// <summary>
/// Decides who somebody is here who has come back from a provider: one whom we know by this login; one whose proven address the provider has proven
/// too; else somebody new, or somebody who has to sign in another way first. No account is ever entered by an address that either side only believes.
/// </summary>
internal sealed class Arrive(IDatabaseEngine engine, Writes writes, SignInProviders providers, SealedLogins logins, PublicationStore publications, DeskPages pages, SignInDoor door, TimeProvider clock)
{
    private static readonly string SignInFirst = FreshSignIn.AsAnother(SocialRoom.Arrived);

    public static void Map(IEndpointRouteBuilder account)
    {
        account.MapGet("/sign-in/arrived/", (HttpContext http, Arrive action) => action.ShowAsync(http));
        account.MapPost("/sign-in/arrived/", (HttpContext http, Arrive action) => action.HandleAsync(http));
    }

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        if (Of(http) is not { } way) return await GoneAsync(http);
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        var known = await LoginLedger.FindAsync(db, way.Provider.StoredAs, way.Identity.Subject, ct);
        if (way.Login.LinkTo is { } wanted) return await LinkAsync(http, way, wanted, known);
        if (known is not null) return await EnterAsync(http, known, way);
        var owner = way.Identity is { IsVerified: true, Email: { } email } ? await SignInLedger.OfAddressAsync(db.Users, PeopleLedger.Fold(email), ct) : null;
        // Two steps are asked for on purpose: no provider alone adds itself to such an account.
        if (owner is { EmailConfirmed: true, TwoFactorEnabled: false }) return await JoinAsync(http, way, owner);
        var person = CurrentPerson.Of(http);
        // They have signed in another way, as they were asked to.
        if (owner is not null && person?.Id == owner.Id && person.IsFresh(clock.GetUtcNow())) return await JoinAsync(http, way, owner);
        return await AskAsync(http, way, owner, person, way.Identity.Name, null);
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        if (Of(http) is not { } way) return await GoneAsync(http);
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var person = CurrentPerson.Of(http);
        await using var db = engine.Open();
        // An open browser that somebody left is no proof.
        if (form["deed"] == "add" && (person is null || !person.IsFresh(clock.GetUtcNow()))) return TypedResults.Redirect(SignInFirst);
        if (form["deed"] == "add" && await db.Users.FindAsync([person!.Id], ct) is { } own) return await JoinAsync(http, way, own);
        var email = way.Identity is { IsVerified: true } ? way.Identity.Email : null;
        var owner = email is null ? null : await SignInLedger.OfAddressAsync(db.Users, PeopleLedger.Fold(email), ct);
        var name = form["name"].ToString().Trim();
        if (owner is not null) return await AskAsync(http, way, owner, person, name, null);
        var publication = await publications.GetAsync(ct);
        var begun = await engine.OrTakenAsync(() => writes.RunAsync(async (scope, token) =>
        {
            var made = await LoginLedger.BeginAsync(scope, publication, name, email, way.Stored, token);
            if (made.Problem is null) FetchLoginPicture.Ask(scope, made.Value.Id, way.Identity.Picture);
            return made;
        }, ct), p => p);
        return begun.Problem is not { } problem ? await EnterAsync(http, begun.Value, way) : problem.Field == "login" ? await ShowAsync(http) : await AskAsync(http, way, null, person, name, problem.Message);
    }

    /// <summary>From the page of one's account.</summary>
    private async Task<IResult> LinkAsync(HttpContext http, Way way, long wanted, Person? known)
    {
        SealedLogins.Forget(http);
        if (CurrentPerson.Of(http)?.Id != wanted)
            return await pages.SayAsync(http, StatusCodes.Status403Forbidden, "Nothing was added", $"You are no longer signed in as the one who wanted to add {way.Provider.Name}. Sign in, and add it once more.", "/account/", "Your account");
        if (known is not null && known.Id != wanted) return await TakenAsync(http, way);
        return await AddAsync(http, way, wanted) ? TypedResults.Redirect("/account/?said=login") : await TakenAsync(http, way);
    }

    /// <summary>Adds the login to somebody's account and lets them in, and says so: it may be more than they expected.</summary>
    private async Task<IResult> JoinAsync(HttpContext http, Way way, Person person)
    {
        if (!await AddAsync(http, way, person.Id)) return await TakenAsync(http, way);
        // Of who has two steps, the session is there already.
        if (!person.TwoFactorEnabled) await door.EnterAsync(http, person, way.By, way.Login.ReturnUrl);
        SealedLogins.Forget(http);
        return await pages.ShowAsync<LinkedPage>(http, new LinkedPage.Content(way.Provider.Name, person.DisplayName, SignInDoor.Destination(way.Login.ReturnUrl, person.Role)));
    }

    private Task<bool> AddAsync(HttpContext http, Way way, long person) => writes.RunAsync(async (scope, token) =>
    {
        if (!await LoginLedger.AddAsync(scope, person, way.Stored, token)) return false;
        FetchLoginPicture.Ask(scope, person, way.Identity.Picture);
        return true;
    }, http.RequestAborted);

    private Task<IResult> EnterAsync(HttpContext http, Person person, Way way)
    {
        SealedLogins.Forget(http);
        return door.EnterAsync(http, person, way.By, way.Login.ReturnUrl);
    }

    /// <param name="owner">Who has the address here, as far as the provider has proven that it is the reader's.</param>
    private Task<IResult> AskAsync(HttpContext http, Way way, Person? owner, CurrentPerson? person, string name, string? problem) => pages.ShowAsync<ArrivedPage>(http, new ArrivedPage.Content(
        way.Provider.Name, way.Identity is { IsVerified: true } ? way.Identity.Email : null, owner is not null, person?.Name, name.Length > PersonName.MaxLength ? "" : name, problem, SignInFirst, way.Login.ReturnUrl.Length > 0 ? way.Login.ReturnUrl : "/"),
        problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private Way? Of(HttpContext http) => logins.Read(http) is { } login && providers.Find(login.Provider) is { } provider ? new Way(login, provider) : null;

    private Task<IResult> TakenAsync(HttpContext http, Way way) => pages.SayAsync(http, StatusCodes.Status409Conflict, "Nothing was added", $"This {way.Provider.Name} account signs in to another account here, or yours has as many ways in as it can have. Take it away there first.", "/account/", "Your account");

    private Task<IResult> GoneAsync(HttpContext http) => pages.SayAsync(http, StatusCodes.Status404NotFound, "This took too long", "Half an hour has passed, or it was done already. Nothing was changed.", "/account/sign-in/", "Sign in");

    private sealed record Way(ArrivedLogin Login, SignInProvider Provider)
    {
        public ProviderIdentity Identity => Login.Identity;

        public SignInWay By => new(Provider.Key, Provider.Name);

        public Login Stored => new(Provider.StoredAs, Identity.Subject, Identity.Email is { } email ? $"{Provider.Name}: {email}" : Identity.Name.Length > 0 ? $"{Provider.Name}: {Identity.Name}" : Provider.Name);
    }
}
