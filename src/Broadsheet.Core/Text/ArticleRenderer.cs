namespace Broadsheet.Core.Text;

/// <summary>Turns a body as written into a body as shown. Pure: same body, same context, same result.</summary>
public static class ArticleRenderer
{
    /// <summary>Counts up whenever a body would be shown differently: older renderings are made again in the background.</summary>
    public const int Version = 5;

    private static readonly TidyOptions Tidy = new(MarkupPolicy.Editor, KeepMarkers: true);

    /// <summary>Renders a body that anyone may have written. Never throws for any text; beyond <see cref="Sanitiser.MaxLength"/> it is cut.</summary>
    public static RenderedBody Render(string body, BodyFormat format, RenderContext context)
    {
        if (body.Length > Sanitiser.MaxLength) body = body[..Sanitiser.MaxLength];
        var text = body.ReplaceLineEndings("\n");
        Problem? problem = null;
        var markup = format switch
        {
            BodyFormat.Markdown => MarkdownBody.ToMarkup(text, cards: true, out problem),
            BodyFormat.WordPress => WordPressBody.ToMarkup(text, context),
            _ => text,
        };
        var media = new LocalMedia(context);
        var (html, foreign) = Sanitiser.Clean(markup, Tidy, context.AllowedMediaHosts, media.Apply);
        html = BlockDirections.Mark(CardAddresses.Show(html), WritingDirection.IsRightToLeft(context.Language));
        return new RenderedBody(html, media.References, media.Missing, foreign) { Problem = problem };
    }
}
