using Broadsheet.Web.Data;

namespace Broadsheet.Web.Reads;

/// <summary>
/// Names the author of a comment without saying who it is: the same for all comments of one person, or of one guest with the same name and address,
/// so that a reader can mute them. Keyed: nobody finds an address by trying.
/// </summary>
internal static class AuthorKeys
{
    private const int Bytes = 5;

    /// <returns>7 characters of base64url: every page carries one a comment.</returns>
    public static string Of(Publication publication, CommentRow comment) => comment.PersonId is { } id ? OfPerson(publication, id)
        : publication.Mark($"guest {comment.EmailFolded}\n{comment.AuthorName}", Bytes);

    public static string OfPerson(Publication publication, long id) => publication.Mark($"person {id}", Bytes);

    /// <summary>Which of twelve grounds the initials of this author stand on.</summary>
    public static int Tone(string key)
    {
        var sum = 0;
        foreach (var c in key) sum = (sum * 31 + c) & 0xFFFF;
        return sum % 12;
    }
}
