using System.Text.Json.Nodes;

namespace Broadsheet.Web.Features.Api;

/// <summary>Which page of a list is asked for: <c>page</c> and <c>per_page</c>, or an <c>offset</c>.</summary>
internal sealed record ApiPage(int Number, int Size, int? Offset)
{
    public const int MaxSize = 100;

    public int Skip => Offset ?? (int)Math.Min(int.MaxValue, (Number - 1L) * Size);

    public static ApiPage Read(ApiQuery query) => new(query.Integer("page", 1, 1, int.MaxValue), query.Integer("per_page", 10, 1, MaxSize), query.Has("offset") ? query.Integer("offset", 0, 0, int.MaxValue) : null);

    public int Pages(int total) => (int)((total + (long)Size - 1) / Size);

    public bool IsPastEnd(int total) => Offset is null && total > 0 && Number > Pages(total);

    /// <summary>This page of what was found, in the order that the client listed (<c>orderby=include</c>).</summary>
    public List<long> Of(List<long> order, List<long> found) => [.. found.OrderBy(order.IndexOf).Skip(Skip).Take(Size)];

    /// <summary>The answer with its totals and the links to the pages before and after.</summary>
    /// <param name="path">The list's part of the API, such as <c>/wp/v2/posts</c>.</param>
    public ApiAnswer Answer(ApiRequest request, string path, JsonArray items, int total)
    {
        var (pages, links) = (Pages(total), new List<string>());
        if (Number > 1) links.Add($"<{request.To(path)}{request.Query.WithPage(Math.Min(Number - 1, Math.Max(pages, 1)))}>; rel=\"prev\"");
        if (Number < pages) links.Add($"<{request.To(path)}{request.Query.WithPage(Number + 1)}>; rel=\"next\"");
        return ApiAnswer.Of(items) with { Total = total, Pages = pages, Links = links };
    }
}
