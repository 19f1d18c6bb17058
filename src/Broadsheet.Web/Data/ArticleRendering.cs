using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Core.Publishing;

namespace Broadsheet.Web.Data;

/// <summary>Renders what an editor wrote, with the publication's media, hosts and its language. Before the write: a work has no time for it.</summary>
internal sealed class ArticleRendering(IDatabaseEngine engine, PublicationStore publications)
{
    /// <summary>
    /// What stored bodies depend on besides their words: where it differs from what they were rendered with, they are rendered again. <c>uses</c> is from when
    /// rendering began to note which media a body shows, and to file media: what was stored before is noted and filed by being rendered again.
    /// </summary>
    public static string StateOf(Publication p) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        [ArticleRenderer.Version.ToString(CultureInfo.InvariantCulture), CommentText.RendererVersion.ToString(CultureInfo.InvariantCulture), p.Language, p.OldBasePath, "hosts", .. p.OwnHosts, "media", .. p.MediaHosts, "uses"], StateJson.Default.StringArray)))[..16];

    /// <param name="articleId">0 for a new one.</param>
    public async Task<ArticleText> RenderAsync(ArticleEdit edit, long articleId, CancellationToken ct)
    {
        var publication = await publications.GetAsync(ct);
        await using var db = engine.Open();
        return Render(edit.Title, edit.Body, edit.Format, edit.Excerpt, Context(publication, new MediaLookup(db, articleId), edit.Language));
    }

    /// <param name="language">The article's own; null for the publication's.</param>
    public static RenderContext Context(Publication publication, IMediaSource media, string? language = null) => new()
    {
        OwnHosts = publication.OwnHosts.ToFrozenSet(StringComparer.OrdinalIgnoreCase),
        BasePath = publication.OldBasePath,
        Media = media,
        AllowedMediaHosts = publication.MediaHosts.ToFrozenSet(StringComparer.OrdinalIgnoreCase),
        Language = language ?? publication.Language,
    };

    public static ArticleText Render(string title, string body, BodyFormat format, string excerpt, RenderContext context)
    {
        var rendered = ArticleRenderer.Render(body, format, context);
        // Quotes are set in plain headlines; in one with markup they may stand in it.
        var titleHtml = Sanitiser.CleanInline(title.Contains('<', StringComparison.Ordinal) ? title : Typography.Of(title, context.Language));
        var summary = excerpt.Trim().Length > 0 ? PlainText.Of(Sanitiser.Clean(excerpt, MarkupRights.Editor).Value).Trim() : Excerpt.OfBody(rendered.Html);
        return new ArticleText(title, titleHtml, Typography.Of(PlainText.Of(titleHtml.Value).Trim(), context.Language), format, body, rendered.Html, ArticleRenderer.Version, excerpt, summary) { Problem = rendered.Problem, Media = [.. rendered.MediaReferences.Select(m => m.Id).OfType<long>().Distinct()] };
    }
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class StateJson : JsonSerializerContext;
