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
    public static SafeHtml Original(Comment comment, Publication publication) => !WordMask.IsIn(comment.BodyHtml) ? SafeHtml.FromStore(comment.BodyHtml)
        : comment.Format == CommentFormat.WordPress ? CommentText.RenderImported(comment.Body, publication.Language) : CommentText.Render(comment.Body, publication.Language);
}
