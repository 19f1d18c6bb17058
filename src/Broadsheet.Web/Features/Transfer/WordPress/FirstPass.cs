using Broadsheet.Core.Publishing;
using Broadsheet.Core.Transfer.WordPress;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>
/// The whole file read once, with nothing written: its errors, its totals, and what the second pass must know from the start. Holds ids
/// and names, no bodies.
/// </summary>
internal sealed class FirstPass
{
    /// <summary>Larger ids are given new ones: they leave room above them, and a browser's numbers hold them.</summary>
    public const long MaxId = 1L << 53;

    private readonly Dictionary<long, long> _items = [];
    private readonly IdSet _comments = new();
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _creators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<TimeSpan, long> _offsets = [];
    private WxrItem? _item;

    private FirstPass() { }

    public WxrSurvey Survey { get; private set; } = null!;

    /// <summary>SHA-256, hexadecimal.</summary>
    public string FileHash { get; private set; } = "";

    /// <summary>What makes two files exports of the same publication: its address without scheme.</summary>
    public string Source { get; private set; } = "";

    /// <summary>Each login once, at its first place.</summary>
    public List<WxrAuthor> Authors { get; } = [];

    /// <summary>Logins that items name and the file does not declare.</summary>
    public IReadOnlyList<string> Creators { get; private set; } = [];

    /// <summary>Categories, tags and other terms, in the file's order.</summary>
    public List<DeclaredTerm> Terms { get; } = [];

    public long MaxItemId { get; private set; }
    public long MaxCommentId { get; private set; }
    public long MaxAuthorId { get; private set; }
    public long MaxTermId { get; private set; }

    /// <summary>Ordinals of items whose id stood before.</summary>
    public HashSet<long> RepeatedItems { get; } = [];

    /// <summary>Ordinals of those among them that are the same item again.</summary>
    public HashSet<long> SameItems { get; } = [];

    /// <summary>Ordinals of comments whose id stood before.</summary>
    public HashSet<long> RepeatedComments { get; } = [];

    /// <summary>Local time minus UTC where the file gives both; what most items have.</summary>
    public TimeSpan Offset { get; private set; }

    /// <summary>All items that give both have the same.</summary>
    public bool HasOneOffset => _offsets.Count == 1;

    /// <exception cref="WxrFormatException">The file cannot be read whole.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static FirstPass Read(string file, WxrOptions options, Action<long>? progress, CancellationToken ct)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        using var hashing = new HashingStream(stream);
        var pass = new FirstPass();
        pass.Survey = WxrSurvey.Take(hashing, options, progress, pass.See, ct);
        pass.FileHash = hashing.Finish();
        pass.Source = SourceOf(pass.Survey.Channel);
        pass.Offset = pass._offsets.Count == 0 ? TimeSpan.Zero : pass._offsets.MaxBy(o => (o.Value, o.Key)).Key;
        pass.Creators = [.. pass._creators.Where(c => !pass._names.Contains(c)).Order(StringComparer.Ordinal)];
        pass._items.Clear();
        pass._comments.Clear();
        return pass;
    }

    private void See(WxrRecord record)
    {
        switch (record)
        {
            case WxrItem item: _item = item; break;
            case WxrItemEnd end: See(end.Revised ?? _item!); break;
            case WxrComment comment: See(comment); break;
            case WxrAuthor author: See(author); break;
            case WxrCategory c: See(TermHead.Category, new WxrTerm(c.Line) { Id = c.Id, Taxonomy = Term.Category, Slug = c.Slug, ParentSlug = c.ParentSlug, Name = c.Name, Description = c.Description, Meta = c.Meta }); break;
            case WxrTag t: See(TermHead.Tag, new WxrTerm(t.Line) { Id = t.Id, Taxonomy = Term.Tag, Slug = t.Slug, Name = t.Name, Description = t.Description, Meta = t.Meta }); break;
            case WxrTerm term: See(TermHead.Term, term); break;
        }
    }

    private void See(WxrItem item)
    {
        _item = null;
        if (item.Creator.Length > 0) _creators.Add(item.Creator);
        if (item.PostDate is { } local && item.PostDateGmt is { } utc && OffsetOf(local, utc) is { } offset) _offsets[offset] = _offsets.GetValueOrDefault(offset) + 1;
        if (item.Id is <= MaxId and { } own) MaxItemId = Math.Max(MaxItemId, own);
        var mark = MarkOf(item);
        if (_items.TryAdd(item.Id ?? -mark, mark)) return;
        RepeatedItems.Add(item.Ordinal);
        if (_items[item.Id ?? -mark] == mark || !_items.TryAdd(-mark, mark)) SameItems.Add(item.Ordinal);
    }

    private void See(WxrComment comment)
    {
        if (comment.Id is not { } id) return;
        if (id <= MaxId) MaxCommentId = Math.Max(MaxCommentId, id);
        if (!_comments.Add(id)) RepeatedComments.Add(comment.Ordinal);
    }

    private void See(WxrAuthor author)
    {
        if (author.Id is <= MaxId and { } id) MaxAuthorId = Math.Max(MaxAuthorId, id);
        if (author.Login.Length > 0 && _names.Add(author.Login)) Authors.Add(author);
    }

    private void See(TermHead head, WxrTerm term)
    {
        if (term.Id is <= MaxId and { } id) MaxTermId = Math.Max(MaxTermId, id);
        Terms.Add(new DeclaredTerm(head, term));
    }

    public static long MarkOf(WxrItem item) => Fingerprint.Of(item.Guid, item.PostType, item.Title, item.PostDate?.ToString("s") ?? "");

    private static TimeSpan? OffsetOf(DateTime local, DateTimeOffset utc)
    {
        var minutes = Math.Round((local - utc.UtcDateTime).TotalMinutes / 15) * 15;
        return Math.Abs(minutes) <= 14 * 60 ? TimeSpan.FromMinutes(minutes) : null;
    }

    private static string SourceOf(WxrChannel channel)
    {
        var address = channel.BaseBlogUrl.Length > 0 ? channel.BaseBlogUrl : channel.Link.Length > 0 ? channel.Link : channel.BaseSiteUrl;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0) return $"title:{channel.Title}";
        var host = uri.IdnHost.ToLowerInvariant();
        return $"{(host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host)}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}{uri.AbsolutePath.TrimEnd('/')}";
    }
}

/// <summary>The element that a term was declared in: it counts under that head, whatever taxonomy it names.</summary>
internal enum TermHead
{
    Category,
    Tag,
    Term,
}

internal sealed record DeclaredTerm(TermHead Head, WxrTerm Term);
