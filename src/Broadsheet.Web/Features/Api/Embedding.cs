using System.Text.Json.Nodes;

namespace Broadsheet.Web.Features.Api;

/// <summary><c>_embed</c>: what the links lead to, in the same answer. Everything of a kind is read together: the number of statements does not grow with the list.</summary>
internal static class Embedding
{
    /// <param name="wanted">The relations; null, <c>1</c> or <c>true</c>: all.</param>
    public static async Task AddAsync(ApiRequest request, IReadOnlyList<ApiItem> items, List<string>? wanted)
    {
        var all = wanted is null || wanted is ["1"] or ["true"];
        var targets = items.SelectMany(i => i.Links).Where(l => all || wanted!.Contains(l.Key)).SelectMany(l => l.Value).Where(l => l.Target is not null).Select(l => l.Target!.Value).ToHashSet();
        var found = new Dictionary<EmbedTarget, JsonNode>();
        foreach (var kind in targets.GroupBy(t => t.Kind)) await LoadAsync(request, kind.Key, [.. kind], found);
        foreach (var item in items)
        {
            var embedded = new JsonObject();
            foreach (var (relation, links) in item.Links)
            {
                if (!links.Any(l => l.Target is { } t && targets.Contains(t)) || !(all || wanted!.Contains(relation))) continue;
                embedded[relation] = new JsonArray([.. links.Select(l => l.Target is { } target ? (found.GetValueOrDefault(target) ?? Missing(target.Kind)).DeepClone() : null)]);
            }
            if (embedded.Count > 0) item.Node["_embedded"] = embedded;
        }
    }

    private static async Task LoadAsync(ApiRequest request, EmbedKind kind, List<EmbedTarget> targets, Dictionary<EmbedTarget, JsonNode> found)
    {
        List<long> ids = [.. targets.Select(t => t.Id).Distinct()];
        switch (kind)
        {
            case EmbedKind.TermsOf:
                var terms = await Terms.OfArticlesAsync(request, ids);
                foreach (var target in targets) found[target] = ArrayOf(terms.Where(t => t.ArticleId == target.Id && t.Taxonomy == target.Part).Select(t => t.Item));
                return;
            case EmbedKind.RepliesTo:
                var replies = await Comments.OfArticlesAsync(request, ids);
                foreach (var target in targets) found[target] = ArrayOf(replies.Where(r => r.ArticleId == target.Id).Select(r => r.Item));
                return;
            default:
                foreach (var item in await ItemsAsync(request, kind, ids)) found[new EmbedTarget(kind, item.Id)] = item.Node;
                return;
        }
    }

    private static Task<List<ApiItem>> ItemsAsync(ApiRequest request, EmbedKind kind, List<long> ids) => kind switch
    {
        EmbedKind.Person => People.ShortAsync(request, ids),
        EmbedKind.Media => MediaItems.ShortAsync(request, ids),
        EmbedKind.Comment => Comments.ShortAsync(request, ids),
        EmbedKind.Term => Terms.ShortAsync(request, ids),
        _ => Posts.ShortAsync(request, ids),
    };

    private static JsonArray ArrayOf(IEnumerable<ApiItem> items) => [.. items.Select(i => (JsonNode)i.Node)];

    /// <summary>What the link leads to is not for everyone, or gone: WordPress then embeds the error.</summary>
    private static JsonObject Missing(EmbedKind kind) => kind switch
    {
        EmbedKind.Person => ApiAnswer.ProblemBody(StatusCodes.Status404NotFound, "rest_user_invalid_id", "There is no such person."),
        EmbedKind.Comment => ApiAnswer.ProblemBody(StatusCodes.Status404NotFound, "rest_comment_invalid_id", "There is no such comment."),
        EmbedKind.Term => ApiAnswer.ProblemBody(StatusCodes.Status404NotFound, "rest_term_invalid", "There is no such term."),
        _ => ApiAnswer.ProblemBody(StatusCodes.Status404NotFound, "rest_post_invalid_id", "There is no such post."),
    };
}
