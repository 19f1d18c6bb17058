using AngleSharp.Dom;

namespace Broadsheet.Web.Features.Curation;

/// <summary>How deeply a page nests. Libraries that walk pages call themselves for each level: a page made for it would bring the whole program down.</summary>
internal static class PageDepth
{
    /// <summary>Pages that people write nest some thirty levels.</summary>
    private const int Most = 400;

    /// <summary>Walks without calling itself.</summary>
    public static bool IsTooDeep(INode root)
    {
        var depth = 0;
        INode? at = root;
        while (at is not null)
        {
            if (at.FirstChild is { } child)
            {
                at = child;
                if (++depth > Most) return true;
                continue;
            }
            while (at is not null && at != root && at.NextSibling is null)
            {
                at = at.Parent;
                depth--;
            }
            at = at is null || at == root ? null : at.NextSibling;
        }
        return false;
    }
}
