using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Core;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Hosting.Commands;

/// <summary><c>person add</c>: someone may sign in. May run beside a <c>serve</c>.</summary>
internal static class PersonCommand
{
    public static Command Create()
    {
        var email = new Argument<string>("EMAIL") { Description = "Whose account: with an address that is known here, its account gets a new link" };
        var name = new Option<string?>("--name") { Description = "The name that readers see; needed for a new account" };
        var role = new Option<string?>("--role") { Description = "reader, contributor, author, editor, moderator or administrator; needed for a new account" };
        var password = new Option<bool>("--password-stdin") { Description = "Read a password from standard input instead of making a link" };
        var endTwoSteps = new Option<bool>("--end-two-steps") { Description = "Turns the second step of their sign-in off, for someone who has lost app and recovery codes" };
        var add = new Command("add", "Adds a person, and prints a link that signs them in once") { email, name, role, password, endTwoSteps, CommandLine.Json };
        add.SetAction((parsed, ct) => AddAsync(parsed, new Wish(parsed.GetValue(email)!, parsed.GetValue(name), parsed.GetValue(role), parsed.GetValue(password), parsed.GetValue(endTwoSteps)), ct));
        return new Command("person", "People who sign in here") { add };
    }

    private static async Task<int> AddAsync(ParseResult parsed, Wish wish, CancellationToken ct)
    {
        var role = Permissions.Parse(wish.Role);
        if (wish.Role is not null && role is null) return CommandLine.Misuse($"--role {wish.Role}: it can be {string.Join(", ", Enum.GetNames<Role>().Select(n => n.ToLowerInvariant()))}.");
        var edit = new PersonEdit(wish.Email, wish.Name, role, wish.WithPassword ? await PasswordAsync(ct) : null);
        if (PeopleLedger.Check(edit) is { } problem) return CommandLine.Misuse($"{(problem.Field == "email" ? edit.Email : problem.Field == "password" ? "--password-stdin" : $"--{problem.Field}")}: {problem.Message}");
        var folder = parsed.GetValue(CommandLine.Data)!;
        var isNew = !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any();
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return CommandLine.Fail($"--data {folder}: {failure.Message}");
        }
        var built = Site.Build(folder, CommandLine.SiteArguments(parsed), LogLevel.Warning);
        if (built.Problem is { } wrong) return CommandLine.Fail(wrong);
        await using var app = built.Value;
        var engine = app.Services.GetRequiredService<IDatabaseEngine>();
        try
        {
            await engine.MigrateAsync(ct);
            if (isNew) await Console.Error.WriteLineAsync($"broadsheet: {folder} held no publication: a new one was begun there.");
            if (await IsIncompleteAsync(engine, edit, ct)) return CommandLine.Misuse($"{edit.Email} is new here: give --name and --role.");
            return Report(parsed, app.Services.GetRequiredService<SiteOptions>(), edit, await SaveAsync(app.Services.GetRequiredService<Writes>(), edit, wish.EndsTwoSteps, ct));
        }
        catch (Exception failure) when (engine.AsStorageTrouble(failure) is not null || failure is StorageException)
        {
            return CommandLine.Fail((failure as StorageException ?? engine.AsStorageTrouble(failure))!.Message);
        }
    }

    private static async Task<bool> IsIncompleteAsync(IDatabaseEngine engine, PersonEdit edit, CancellationToken ct)
    {
        if (edit is { Name: not null, Role: not null }) return false;
        var folded = PeopleLedger.Fold(edit.Email);
        await using var db = engine.Open();
        return !await db.Users.AnyAsync(p => p.NormalizedEmail == folded, ct);
    }

    private static Task<Added> SaveAsync(Writes writes, PersonEdit edit, bool endsTwoSteps, CancellationToken ct)
    {
        var hash = PeopleLedger.HashOf(edit.Password);
        return writes.RunAsync(async (scope, token) =>
        {
            var (person, isNew) = await PeopleLedger.SaveAsync(scope, edit, hash, token);
            if (endsTwoSteps) await TwoStepsLedger.EndAsync(scope, person.Id, Reads.SignInWay.Passkey.Key, token);
            var secret = hash is null ? await PeopleLedger.NewLinkAsync(scope, person.Id, PeopleLedger.LinkLifetime, token) : null;
            return new Added(person, isNew, secret, scope.Now + PeopleLedger.LinkLifetime);
        }, ct);
    }

    private static int Report(ParseResult parsed, SiteOptions options, PersonEdit edit, Added added)
    {
        var (person, role) = (added.Person, added.Person.Role.ToString().ToLowerInvariant());
        var link = added.Secret is { } secret ? $"{options.PublicUrl ?? ListenAddress.Of(parsed.GetValue(CommandLine.Urls))}/account/sign-in/link/{secret}/" : null;
        if (parsed.GetValue(CommandLine.Json))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new PersonReport(person.Id, person.Email!, person.DisplayName, role, added.IsNew, edit.Password is not null, link, link is null ? null : added.Until), PersonJson.Default.PersonReport));
            return CommandLine.Done;
        }
        Console.Out.WriteLine($"{(added.IsNew ? "Added" : "Found")} {person.DisplayName} <{person.Email}>, {role}.");
        Console.Out.WriteLine(link is null ? "The password is set." : $"Signs in once, within 24 hours{(link.StartsWith('/') ? ", at this path of the publication (with --urls or Hosting:PublicUrl it is printed whole)" : "")}:\n{link}");
        return CommandLine.Done;
    }

    /// <summary>The first line: <c>echo</c> ends it, and a file of one line may.</summary>
    private static async Task<string> PasswordAsync(CancellationToken ct) => await Console.In.ReadLineAsync(ct) ?? "";

    private sealed record Wish(string Email, string? Name, string? Role, bool WithPassword, bool EndsTwoSteps);

    private sealed record Added(Person Person, bool IsNew, string? Secret, DateTimeOffset Until);
}

/// <param name="Link">Null where a password was set. A path where the publication's address is not known.</param>
internal sealed record PersonReport(long Id, string Email, string Name, string Role, bool Created, bool PasswordSet, string? Link, DateTimeOffset? LinkUntil);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PersonReport))]
internal sealed partial class PersonJson : JsonSerializerContext;
