using Broadsheet.Core.Text;

namespace Broadsheet.Core.Discussion;

/// <summary>What a person gave in the reply form, checked for shape: lengths, a name and an address where the publication wants them, a link that is one.</summary>
public sealed record CommentDraft
{
    private CommentDraft() { }

    public long ArticleId { get; private init; }
    public long? ParentId { get; private init; }
    public string AuthorName { get; private init; } = "";
    public string AuthorEmail { get; private init; } = "";

    /// <summary>http or https, or empty.</summary>
    public string AuthorUrl { get; private init; } = "";

    /// <summary>1 to <see cref="Comment.MaxLength"/> UTF-16 code units.</summary>
    public string Body { get; private init; } = "";

    /// <returns>The draft, or the first problem in the order of the form's fields.</returns>
    public static Outcome<CommentDraft> Read(CommentFields fields, bool nameAndEmailRequired)
    {
        var body = Clean(fields.Body).Trim();
        var name = OneLine(fields.Author);
        var email = OneLine(fields.Email);
        var url = OneLine(fields.Url);
        if (body.Length == 0) return new Problem("comment", "Write something first: the comment is empty.");
        if (body.Length > Comment.MaxLength) return new Problem("comment", $"The comment is too long: {body.Length:N0} characters; up to {Comment.MaxLength:N0} fit.");
        if (nameAndEmailRequired && name.Length == 0) return new Problem("author", "Give a name to be shown with your comment.");
        if (name.Length > Comment.MaxAuthorLength) return new Problem("author", $"The name is too long: up to {Comment.MaxAuthorLength} characters fit.");
        if (nameAndEmailRequired && email.Length == 0) return new Problem("email", "Give an e-mail address; it is not shown.");
        if (email.Length > Comment.MaxEmailLength) return new Problem("email", $"The e-mail address is too long: up to {Comment.MaxEmailLength} characters fit.");
        if (email.Length > 0 && !LooksLikeEmail(email)) return new Problem("email", "The e-mail address does not look right: it needs a name, an @ and a host, as in name@example.org.");
        if (ReadUrl(url) is not { } link) return new Problem("url", "The website does not look right: it needs an address such as https://example.org.");
        if (link.Length > Comment.MaxUrlLength) return new Problem("url", $"The website's address is too long: up to {Comment.MaxUrlLength} characters fit.");
        return new CommentDraft
        {
            ArticleId = fields.ArticleId,
            ParentId = fields.ParentId,
            Body = body,
            AuthorEmail = email,
            AuthorUrl = link,
            AuthorName = name.Length > 0 ? name : "Anonymous",
        };
    }

    /// <summary>The same words by someone who is signed in: name, address and link are the account's, as they stand there.</summary>
    /// <param name="email">Empty for an account without one.</param>
    /// <param name="url">http or https; empty for none.</param>
    public CommentDraft SignedBy(string name, string email, string url) => this with { AuthorName = Comment.Fit(name), AuthorEmail = email, AuthorUrl = url };

    private static bool LooksLikeEmail(string email)
    {
        var at = email.LastIndexOf('@');
        return at > 0 && email.IndexOf('.', at) > at + 1 && email[^1] != '.' && !email.Any(c => char.IsWhiteSpace(c) || c is '<' or '>' or '"' or ',');
    }

    /// <returns>Null where <paramref name="url"/> cannot be an http(s) address; a missing scheme becomes https.</returns>
    public static string? ReadUrl(string url)
    {
        if (url.Length == 0 || url is "http://" or "https://") return "";
        var full = url.Contains("://", StringComparison.Ordinal) ? url : $"https://{url}";
        return Uri.TryCreate(full, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Contains('.', StringComparison.Ordinal) && uri.UserInfo.Length == 0 ? uri.AbsoluteUri : null;
    }

    private static string OneLine(string? text) => BidiControls.Strip(Clean(text ?? "").ReplaceLineEndings(" ")).Trim();

    /// <summary>Without the control characters that no keyboard types; line breaks and tabs stay, CRLF becomes LF.</summary>
    private static string Clean(string text)
    {
        text = text.ReplaceLineEndings("\n");
        return text.Any(IsUnwanted) ? string.Concat(text.Where(c => !IsUnwanted(c))) : text;
    }

    private static bool IsUnwanted(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}

/// <summary>The reply form's fields as posted (WordPress: <c>comment author email url comment_post_ID comment_parent</c>).</summary>
public sealed record CommentFields(long ArticleId, long? ParentId, string Body, string? Author, string? Email, string? Url);
