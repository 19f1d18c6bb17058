using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Reads;

/// <summary>Words of which readers see the first letter and dots. What is rendered and stored for readers is masked, so that pages, feeds, mail and search are; what was written is kept beside it, for its writer and for moderators.</summary>
internal static class MaskedWords
{
    /// <summary>As readers see it.</summary>
    public static SafeHtml In(SafeHtml html, Publication publication) => WordMask.Of(html, publication.Rules.MaskedWords);

    /// <summary>As it was written.</summary>
    public static SafeHtml Original(Comment comment, Publication publication) => Original(comment.BodyHtml, comment.Body, comment.Format, publication);

    /// <summary>As it was written, by the three columns that it takes.</summary>
    /// <param name="body">Where it is empty, what is stored for readers is all that there is.</param>
    public static SafeHtml Original(string bodyHtml, string body, CommentFormat format, Publication publication) => body.Length == 0 || !WordMask.IsIn(bodyHtml) ? SafeHtml.FromStore(bodyHtml)
        : format == CommentFormat.WordPress ? CommentText.RenderImported(body, publication.Language) : CommentText.Render(body, publication.Language);

    /// <summary>The first words of what was written, for moderators.</summary>
    public static string OriginalExcerpt(Comment comment, Publication publication, int words) => Excerpt.Of(Original(comment, publication), words);
}
