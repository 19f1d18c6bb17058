using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Transfer.WordPress.Users;

/// <summary>What an import of users did, or would do. "Present" are those who were here and had nothing to gain.</summary>
internal sealed record UsersReport(KindCount Count, ImportNotes Notes);

/// <summary>
/// Takes WordPress's users with their passwords. Reads the file whole first, so that a damaged one changes nothing. Who is here already, by login
/// or address, keeps what they have: a password that was set here is never replaced, nor the role of anyone but an imported author who has no password yet.
/// </summary>
internal sealed class UsersImport(Writes writes)
{
    private const int Batch = 200;

    /// <exception cref="CsvFormatException">What is wrong, with its line; nothing was written.</exception>
    public static long Check(string file, IImportWatcher watcher, CancellationToken ct)
    {
        using var stream = File.OpenRead(file);
        var count = 0L;
        foreach (var _ in UsersFile.Read(stream, watcher.Reading("Looking the users through", stream.Length, null)))
        {
            ct.ThrowIfCancellationRequested();
            count++;
        }
        return count;
    }

    /// <param name="count">Of the file's lines (<see cref="Check"/>).</param>
    public async Task<UsersReport> RunAsync(string file, long count, IImportWatcher watcher, CancellationToken ct)
    {
        var report = new UsersReport(new KindCount { Read = count }, new ImportNotes());
        await using var stream = File.OpenRead(file);
        foreach (var lines in UsersFile.Read(stream, watcher.Reading("Users", stream.Length, null)).Chunk(Batch))
        {
            var results = await writes.RunAsync(async (scope, token) =>
            {
                var done = new List<Result>();
                foreach (var line in lines) done.Add(await WriteAsync(scope, line, token));
                return done;
            }, ct);
            foreach (var (result, line) in results.Zip(lines)) Count(report, result, line);
            await writes.YieldAsync(ct);
        }
        return report;
    }

    private static void Count(UsersReport report, Result result, UserLine line)
    {
        if (result.Outcome == Outcome.Written) report.Count.Written++;
        else if (result.Outcome == Outcome.Present) report.Count.Present++;
        else report.Count.Skipped++;
        if (result.Note is { } note) report.Notes.Add(line.Line, $"user {line.Login}", note);
    }

    private static async Task<Result> WriteAsync(WriteScope scope, UserLine line, CancellationToken ct)
    {
        var (login, email) = (ImportedPerson.Fold(line.Login), PeopleLedger.IsAddress(line.Email) ? line.Email : "");
        var note = line.Email.Length > 0 && email.Length == 0 ? $"“{line.Email}” is no e-mail address, and was left out" : null;
        var folded = PeopleLedger.Fold(email);
        var found = await scope.Db.Users.AsTracking().Where(p => p.NormalizedUserName == login || (email != "" && p.NormalizedEmail == folded)).OrderBy(p => p.Id).Take(2).ToListAsync(ct);
        if (found.Count == 2) return new Result(Outcome.Skipped, $"is {found[0].DisplayName} by login or address, and {found[1].DisplayName} by the other");
        if (found.Count == 1) return new Result(await FillAsync(scope, found[0], line, email, ct) ? Outcome.Written : Outcome.Present, note);
        await new ImportedPerson(line.Id, line.Login, email, NameOf(line), line.Nicename, line.Role ?? Role.Reader)
        {
            Url = UrlOf(line),
            PasswordHash = line.PasswordHash.Length > 0 ? line.PasswordHash : null,
            JoinedAt = line.RegisteredAt,
        }.AddAsync(scope, ct);
        return new Result(Outcome.Written, note);
    }

    /// <returns>Something was missing here and is no longer.</returns>
    private static async Task<bool> FillAsync(WriteScope scope, Person person, UserLine line, string email, CancellationToken ct)
    {
        var before = (person.PasswordHash, person.Email, person.Url, person.Role);
        var isImported = await scope.Db.MappedIds.AnyAsync(m => m.Kind == MappedKind.Person && m.NewId == person.Id, ct);
        if (isImported && person.PasswordHash is null && line.Role is { } role) person.Role = role;
        if (person.PasswordHash is null && line.PasswordHash.Length > 0) person.PasswordHash = line.PasswordHash;
        if (string.IsNullOrEmpty(person.Email) && email.Length > 0) (person.Email, person.NormalizedEmail) = (email, PeopleLedger.Fold(email));
        if (person.Url.Length == 0) person.Url = UrlOf(line);
        if (before == (person.PasswordHash, person.Email, person.Url, person.Role)) return false;
        scope.Evict(PeopleLedger.Tag(person.Id));
        scope.Evict(Reads.SiteIndex.Tag);
        await scope.FlushAsync(ct);
        return true;
    }

    private static string NameOf(UserLine line) => StoredName.Plain(line.Name) is { Length: > 0 } name ? name : line.Login;

    private static string UrlOf(UserLine line) => Uri.TryCreate(line.Url, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) ? url.AbsoluteUri : "";

    private enum Outcome
    {
        Written,
        Present,
        Skipped,
    }

    private readonly record struct Result(Outcome Outcome, string? Note);
}
