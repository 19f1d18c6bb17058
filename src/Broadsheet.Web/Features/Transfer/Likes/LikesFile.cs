namespace Broadsheet.Web.Features.Transfer.Likes;

/// <summary>One like as the file has it.</summary>
/// <param name="PostId">As it was where the likes come from; null where a comment is liked.</param>
/// <param name="User">Whoever liked, in any words that are theirs alone: an id, a login, an address.</param>
/// <param name="Email">To find the person here; empty for none.</param>
/// <param name="At">Null where the file does not say.</param>
internal sealed record LikeLine(int Line, long? PostId, long? CommentId, string User, string Email, DateTimeOffset? At);

/// <summary>
/// Likes as comma-separated values with a heading: <c>post_id</c>, <c>comment_id</c>, <c>user</c>, <c>email</c>, <c>date</c>,
/// in any order; a like has one of the first two, and a user or an address (docs/guide/importing-likes.md).
/// </summary>
internal static class LikesFile
{
    private static readonly string[] Known = ["post_id", "comment_id", "user", "email", "date"];

    /// <exception cref="CsvFormatException">What is wrong, with its line.</exception>
    public static IEnumerable<LikeLine> Read(Stream stream, Action<long>? readSoFar = null) => CsvLines.Read(stream, "comment_id,user,date", CheckHeading, LineOf, readSoFar);

    private static void CheckHeading(IReadOnlyList<string> names)
    {
        var unknown = names.FirstOrDefault(n => !Known.Contains(n, StringComparer.Ordinal));
        if (unknown is not null) throw new CsvFormatException(1, $"there is no column “{unknown}”: known are {string.Join(", ", Known)}");
        if (!names.Contains("post_id", StringComparer.Ordinal) && !names.Contains("comment_id", StringComparer.Ordinal)) throw new CsvFormatException(1, "a column post_id or comment_id is missing: what was liked");
        if (!names.Contains("user", StringComparer.Ordinal) && !names.Contains("email", StringComparer.Ordinal)) throw new CsvFormatException(1, "a column user or email is missing: who liked it");
    }

    private static LikeLine LineOf(CsvLine line)
    {
        var (post, comment) = (line.Id("post_id"), line.Id("comment_id"));
        if (post is null == comment is null) throw line.Wrong("give post_id or comment_id, one of the two");
        var (user, email) = (line.Text("user"), line.Text("email"));
        if (user.Length == 0 && email.Length == 0) throw line.Wrong("nobody liked it: give user or email");
        return new LikeLine(line.Number, post, comment, user, email, line.Date("date"));
    }
}
