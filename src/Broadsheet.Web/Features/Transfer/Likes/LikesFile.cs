using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Broadsheet.Web.Features.Transfer.Likes;

/// <summary>One like as the file has it.</summary>
/// <param name="PostId">As it was where the likes come from; null where a comment is liked.</param>
/// <param name="User">Whoever liked, in any words that are theirs alone: an id, a login, an address.</param>
/// <param name="Email">To find the person here; empty for none.</param>
/// <param name="At">Null where the file does not say.</param>
internal sealed record LikeLine(int Line, long? PostId, long? CommentId, string User, string Email, DateTimeOffset? At);

/// <summary>
/// Likes as comma-separated values (RFC 4180, UTF-8) with a heading: <c>post_id</c>, <c>comment_id</c>, <c>user</c>, <c>email</c>, <c>date</c>,
/// in any order; a like has one of the first two, and a user or an address (docs/guide/importing-likes.md).
/// </summary>
internal static class LikesFile
{
    private const int MaxTextLength = 300;
    private static readonly string[] Known = ["post_id", "comment_id", "user", "email", "date"];

    /// <summary>Reads line by line; memory does not grow with the file.</summary>
    /// <exception cref="LikesFormatException">What is wrong, with its line.</exception>
    public static IEnumerable<LikeLine> Read(Stream stream, Action<long>? readSoFar = null)
    {
        using var text = new StreamReader(stream, new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true));
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            PrepareHeaderForMatch = h => h.Header.Trim().ToLowerInvariant(),
            TrimOptions = TrimOptions.Trim,
            MissingFieldFound = null,
            MaxFieldSize = 10_000,
        });
        if (Careful(csv, _ => csv.Read() && csv.ReadHeader()) is false) throw new LikesFormatException(1, "the file is empty: it needs a heading such as comment_id,user,date");
        CheckHeading(csv);
        while (Careful(csv, line => csv.Read() ? Line(csv, line) : null) is { } like)
        {
            readSoFar?.Invoke(stream.Position);
            yield return like;
        }
    }

    /// <summary>The library's complaints, in ours; some come only when a field is looked at.</summary>
    private static T Careful<T>(CsvReader csv, Func<int, T> read)
    {
        // Where the line begins: a quotation that is never closed ends with the file.
        var line = csv.Parser.RawRow + 1;
        try
        {
            return read(line);
        }
        catch (MaxFieldSizeException)
        {
            throw new LikesFormatException(line, "a field is far too long, or a quotation mark is missing");
        }
        catch (CsvHelperException)
        {
            throw new LikesFormatException(line, "a quotation mark is missing, or stands where none may stand");
        }
        catch (System.Text.DecoderFallbackException)
        {
            throw new LikesFormatException(line, "the text is not UTF-8");
        }
    }

    private static void CheckHeading(CsvReader csv)
    {
        var names = csv.HeaderRecord!.Select(h => h.Trim().ToLowerInvariant()).ToList();
        var unknown = names.Find(n => !Known.Contains(n, StringComparer.Ordinal));
        if (unknown is not null) throw new LikesFormatException(1, $"there is no column “{unknown}”: known are {string.Join(", ", Known)}");
        if (!names.Contains("post_id", StringComparer.Ordinal) && !names.Contains("comment_id", StringComparer.Ordinal)) throw new LikesFormatException(1, "a column post_id or comment_id is missing: what was liked");
        if (!names.Contains("user", StringComparer.Ordinal) && !names.Contains("email", StringComparer.Ordinal)) throw new LikesFormatException(1, "a column user or email is missing: who liked it");
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count) throw new LikesFormatException(1, "a column is there twice");
    }

    private static LikeLine Line(CsvReader csv, int line)
    {
        var (post, comment) = (Id("post_id"), Id("comment_id"));
        if (post is null == comment is null) throw new LikesFormatException(line, "give post_id or comment_id, one of the two");
        var (user, email) = (Text("user"), Text("email"));
        if (user.Length == 0 && email.Length == 0) throw new LikesFormatException(line, "nobody liked it: give user or email");
        return new LikeLine(line, post, comment, user, email, Date());

        string Text(string name)
        {
            var value = csv.GetField(name) ?? "";
            return value.Length <= MaxTextLength ? value : throw new LikesFormatException(line, $"{name} is longer than {MaxTextLength} characters");
        }

        long? Id(string name)
        {
            var value = Text(name);
            if (value.Length == 0) return null;
            return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : throw new LikesFormatException(line, $"{name} is “{value}”, which is no number");
        }

        DateTimeOffset? Date()
        {
            var value = Text("date");
            if (value.Length == 0) return null;
            return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : throw new LikesFormatException(line, $"date is “{value}”, which is no date such as 2020-02-20T18:30:00Z");
        }
    }
}

/// <summary>The file is not as it must be.</summary>
internal sealed class LikesFormatException(int line, string what) : Exception(string.Create(CultureInfo.InvariantCulture, $"line {line}: {what}"));
