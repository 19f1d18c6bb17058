using Broadsheet.Core.People;

namespace Broadsheet.Web.Features.Transfer.WordPress.Users;

/// <summary>One row of WordPress's <c>wp_users</c>, with the role that is kept elsewhere there.</summary>
/// <param name="Id">As it was; null where the file does not say.</param>
/// <param name="PasswordHash">As WordPress stores it; empty for none.</param>
/// <param name="Role">Null where the file does not say.</param>
internal sealed record UserLine(int Line, long? Id, string Login, string Email, string Name, string Nicename, string Url, DateTimeOffset? RegisteredAt, Role? Role, string PasswordHash);

/// <summary>
/// Users as comma-separated values with a heading, as <c>wp user list --format=csv</c> and an export of <c>wp_users</c> write them
/// (docs/guide/importing-users.md). Columns of theirs that mean nothing here are passed over.
/// </summary>
internal static class UsersFile
{
    /// <summary>Of several roles, the first that is one here.</summary>
    private static readonly char[] BetweenRoles = [',', ' ', '|', ';'];

    /// <exception cref="CsvFormatException">What is wrong, with its line.</exception>
    public static IEnumerable<UserLine> Read(Stream stream, Action<long>? readSoFar = null) => CsvLines.Read(stream, "ID,user_login,user_email,display_name,roles,user_pass", CheckHeading, LineOf, readSoFar);

    private static void CheckHeading(IReadOnlyList<string> names)
    {
        foreach (var needed in (ReadOnlySpan<string>)["user_login", "user_email"])
            if (!names.Contains(needed, StringComparer.Ordinal)) throw new CsvFormatException(1, $"a column {needed} is missing: the heading is {string.Join(", ", names)}");
    }

    private static UserLine LineOf(CsvLine line)
    {
        var (login, email) = (line.Text("user_login", 60), line.Text("user_email", 254));
        if (login.Length == 0) throw line.Wrong("user_login is empty");
        var registered = line.Text("user_registered");
        return new UserLine(line.Number, line.Id("id"), login, email, line.Text("display_name", 250), line.Text("user_nicename", 50), line.Text("user_url", 200),
            registered.StartsWith("0000", StringComparison.Ordinal) ? null : line.Date("user_registered"), RoleOf(line), line.Text("user_pass", 255));
    }

    private static Role? RoleOf(CsvLine line)
    {
        var roles = line.Text("roles").Split(BetweenRoles, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // A role of some plugin's makes nobody more than a reader.
        return roles.Length == 0 ? null : roles.Select(Permissions.Parse).FirstOrDefault(r => r is not null) ?? Role.Reader;
    }
}
