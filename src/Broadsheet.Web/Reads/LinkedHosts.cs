using Broadsheet.Core.Screening;

namespace Broadsheet.Web.Reads;

/// <summary>The links of a rendered comment.</summary>
internal static class LinkedHosts
{
    private const string Mark = "<a href=\"";

    public static int Count(SafeHtml html)
    {
        var (count, at) = (0, -1);
        while ((at = html.Value.IndexOf("<a ", at + 1, StringComparison.Ordinal)) >= 0) count++;
        return count;
    }

    /// <param name="authorUrl">The writer's own; empty for none.</param>
    /// <returns>Hosts in lower case, each once.</returns>
    public static IReadOnlyList<string> Of(SafeHtml html, string authorUrl)
    {
        var hosts = new HashSet<string>(StringComparer.Ordinal);
        Add(authorUrl);
        for (var at = html.Value.IndexOf(Mark, StringComparison.Ordinal); at >= 0; at = html.Value.IndexOf(Mark, at + 1, StringComparison.Ordinal))
        {
            var from = at + Mark.Length;
            if (html.Value.IndexOf('"', from) is > 0 and var end) Add(html.Value[from..end]);
        }
        return [.. hosts];

        void Add(string address)
        {
            if (address.Length > 0 && Uri.TryCreate(address, UriKind.Absolute, out var uri) && DomainName.Read(uri.IdnHost) is { } host) hosts.Add(host);
        }
    }
}
