using System.Globalization;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;

namespace Broadsheet.Web.Features.Moderation.Akismet;

/// <summary>A comment in Akismet's fields. What is said of it later names the same values.</summary>
internal static class AkismetForm
{
    /// <summary>The reply form's own trap.</summary>
    private const string HoneypotField = "website_url";

    /// <param name="recheck">Why it is asked anew; null for the first time.</param>
    /// <param name="guid">Akismet's number for the comment; null while it has none.</param>
    public static List<KeyValuePair<string, string>> Of(AkismetOptions options, CommentSubmission submission, SubmissionPlace place, string? recheck = null, string? guid = null)
    {
        var (draft, origin) = (submission.Draft, submission.Origin);
        var form = new List<KeyValuePair<string, string>>
        {
            new("api_key", options.Key),
            new("blog", place.Site),
            new("user_ip", origin.Ip),
            new("user_agent", origin.UserAgent),
            new("referrer", submission.Referrer),
            new("permalink", place.Url),
            new("comment_type", draft.ParentId is null ? "comment" : "reply"),
            new("comment_author", draft.AuthorName),
            new("comment_author_email", draft.AuthorEmail),
            new("comment_author_url", draft.AuthorUrl),
            new("comment_content", draft.Body),
            new("comment_date_gmt", Iso(origin.At)),
            new("blog_lang", place.Language.Replace('-', '_')),
            new("blog_charset", "UTF-8"),
            new("honeypot_field_name", HoneypotField),
            new(HoneypotField, submission.Honeypot),
        };
        if (place.ModifiedAt is { } modified) form.Add(new("comment_post_modified_gmt", Iso(modified)));
        if (place.Title.Length > 0) form.Add(new("comment_context[]", place.Title));
        if (submission.Role is { } role) form.Add(new("user_role", RoleName(role)));
        if (recheck is not null) form.Add(new("recheck_reason", recheck));
        if (guid is not null) form.Add(new("guid", guid));
        if (options.IsTest) form.Add(new("is_test", "1"));
        return form;
    }

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string RoleName(Role role) => role == Role.Reader ? "subscriber" : role.ToString().ToLowerInvariant();
}
