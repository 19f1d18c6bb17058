using Broadsheet.Core;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Setup;

/// <summary>The first page of a new publication: what it is called, and who runs it. Works once, by the link that <c>serve</c> prints.</summary>
internal sealed class SetUp(IDatabaseEngine engine, PublicationStore publications, Writes writes, DeskPages pages, Notices notices, Sessions sessions, TimeProvider clock)
{
    public static IServiceCollection AddTo(IServiceCollection services) => services.AddSingleton<SetUp>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var setup = routes.MapForms("/setup");
        setup.MapGet("/{secret}/", (HttpContext http, string secret, SetUp action) => action.ShowAsync(http, secret));
        setup.MapPost("/{secret}/", (HttpContext http, string secret, SetUp action) => action.HandleAsync(http, secret));
    }

    private async Task<IResult> ShowAsync(HttpContext http, string secret)
    {
        if (!await IsOpenAsync(secret, http.RequestAborted)) return await GoneAsync(http);
        // An import has given these already, where one came first.
        var publication = await publications.GetAsync(http.RequestAborted);
        return await pages.ShowAsync<SetUpPage>(http, new SetUpPage.Content(publication.Title == new Publication().Title ? "" : publication.Title, publication.Tagline, publication.Language, publication.TimeZone == new Publication().TimeZone ? "" : publication.TimeZone, "", "", new Dictionary<string, string>(StringComparer.Ordinal)));
    }

    private async Task<IResult> HandleAsync(HttpContext http, string secret)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var wish = new Wish(form["title"].ToString().Trim(), form["tagline"].ToString().Trim(), form["language"].ToString().Trim(), form["zone"].ToString().Trim(),
            new PersonEdit(form["email"].ToString().Trim(), form["name"].ToString().Trim(), Role.Administrator, form["password"].ToString() is { Length: > 0 } given ? given : null));
        var imports = form["begin"] == "import";
        if (!await IsOpenAsync(secret, ct)) return await GoneAsync(http);
        var current = await publications.GetAsync(ct);
        List<Problem> problems = [.. PublicationCheck.Check(wish.Apply(current))];
        if (PeopleLedger.Check(wish.Person, wish.Title) is { } wrong) problems.Add(wrong);
        if (problems.Count > 0)
            return await pages.ShowAsync<SetUpPage>(http, new SetUpPage.Content(wish.Title, wish.Tagline, wish.Language, wish.Zone, wish.Person.Name ?? "", wish.Person.Email,
                problems.DistinctBy(p => p.Field, StringComparer.Ordinal).ToDictionary(p => p.Field, p => p.Message, StringComparer.Ordinal), imports), StatusCodes.Status422UnprocessableEntity);
        var hash = PeopleLedger.HashOf(wish.Person.Password);
        var person = await writes.RunAsync(async (scope, token) =>
        {
            if (await PeopleLedger.UseLinkAsync(scope, secret, token) is not { PersonId: null }) return null;
            await PublicationStore.ChangeAsync(scope, p => wish.Apply(p) with { IsSetUp = true }, token);
            return (await PeopleLedger.SaveAsync(scope, wish.Person, hash, token)).Person;
        }, ct);
        if (person is null) return await GoneAsync(http);
        await sessions.BeginAsync(http, person, SignInWay.Link);
        notices.Say(http, new DeskShell.Notice(hash is null ? "The publication is yours. Without a password, you come back by a link that “broadsheet person add” makes." : "The publication is yours."));
        return TypedResults.Redirect(imports ? "/newsroom/import/" : "/newsroom/");
    }

    private async Task<bool> IsOpenAsync(string secret, CancellationToken ct)
    {
        await using var db = engine.Open();
        return await PeopleLedger.FindLinkAsync(db, secret, clock.GetUtcNow(), ct) is { PersonId: null } && await SetupLink.IsOpenAsync(db, await publications.GetAsync(ct), ct);
    }

    private Task<IResult> GoneAsync(HttpContext http) => pages.SayAsync(http, StatusCodes.Status404NotFound, "This link no longer works",
        "The publication is set up already, or the program was started anew since: then it has printed another link.", "/account/sign-in/", "Sign in");

    private sealed record Wish(string Title, string Tagline, string Language, string Zone, PersonEdit Person)
    {
        public Publication Apply(Publication p) => p with { Title = Title, Tagline = Tagline, Language = Language, TimeZone = Zone };
    }
}
