using System.Globalization;

namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>Reads one <c>item</c>: the item itself as soon as its first comment starts, then each comment, then its end.</summary>
internal sealed class WxrItemReader(WxrCursor cursor, Queue<WxrRecord> notes)
{
    private readonly WxrFields _fields = new(notes);
    private readonly WxrCommentReader _comments = new(cursor, notes);
    private List<WxrItemTerm> _terms = [];
    private bool _guidIsPermaLink;
    private string _namedAuthor = "";

    public IEnumerable<WxrRecord> Read(long ordinal)
    {
        Clear();
        var (line, depth, comments, late) = (cursor.Line, cursor.Depth, 0L, false);
        WxrItem? item = null;
        if (cursor.Enter())
        {
            while (cursor.NextChild(depth))
            {
                if (!cursor.Is(WxrSpace.WordPress, "comment"))
                {
                    late |= ReadPart() && item is not null;
                    continue;
                }

                if (item is null)
                {
                    item = Build(line, ordinal);
                    while (notes.TryDequeue(out var note)) yield return note;
                    yield return item;
                }

                comments++;
                var comment = _comments.Read();
                while (notes.TryDequeue(out var note)) yield return note;
                yield return comment;
            }
        }

        var endLine = Math.Max(line, cursor.LastEndLine);
        var whole = item is null || late ? Build(line, ordinal) : item;
        while (notes.TryDequeue(out var note)) yield return note;
        if (item is null) yield return whole;
        yield return new WxrItemEnd(endLine, item is not null && late ? whole : null, comments);
    }

    private void Clear()
    {
        _fields.Clear();
        _terms = [];
        _guidIsPermaLink = false;
        _namedAuthor = "";
    }

    /// <returns>False when it was nothing to us.</returns>
    private bool ReadPart()
    {
        if (cursor.Key is { } key)
        {
            var line = cursor.Line;
            if (key == "guid" && !_fields.Has(key))
                _guidIsPermaLink = !cursor.Attribute("isPermaLink").Trim().Equals("false", StringComparison.OrdinalIgnoreCase);
            _fields.Add(key, cursor.ReadText(), line);
            return true;
        }

        if (cursor.Is(WxrSpace.Rss, "category")) ReadTerm();
        else if (cursor.Is(WxrSpace.WordPress, "postmeta")) WxrMetaReader.Read(cursor, _fields, notes);
        else if (cursor.Is(WxrSpace.WordPress, "author")) ReadNamedAuthor();
        else
        {
            WarnOfForeignMeta();
            cursor.Skip();
            return false;
        }

        return true;
    }

    private void ReadTerm()
    {
        var (line, taxonomy, slug) = (cursor.Line, cursor.Attribute("domain").Trim(), cursor.Attribute("nicename").Trim());
        if (taxonomy == "tag") taxonomy = "post_tag";
        var name = cursor.ReadText().Trim();
        if (name.Length > 0 || slug.Length > 0) _terms.Add(new WxrItemTerm(line, taxonomy, slug, name));
    }

    private void ReadNamedAuthor()
    {
        var line = cursor.Line;
        var login = cursor.ReadText().Trim();
        if (login.Length == 0) return;
        if (_namedAuthor.Length == 0) _namedAuthor = login;
        notes.Enqueue(new WxrAuthor(line) { Login = login, InsideItem = true });
    }

    private void WarnOfForeignMeta()
    {
        if (cursor.Space == WxrSpace.Foreign && cursor.LocalName is "postmeta" or "comment" or "post_id" or "post_type")
            notes.Enqueue(new WxrWarning(cursor.Line, $"<{cursor.Prefix}:{cursor.LocalName}> is not in a namespace of WordPress exports: left out"));
    }

    private WxrItem Build(int line, long ordinal) => new(line)
    {
        Ordinal = ordinal,
        Id = ReadId(line),
        Title = _fields.Word("title"),
        Link = _fields.Word("link"),
        Published = _fields.Rfc822("pubDate"),
        Creator = _fields.Word("creator") is { Length: > 0 } creator ? creator : _namedAuthor,
        Guid = _fields.Word("guid"),
        GuidIsPermaLink = _guidIsPermaLink,
        Description = _fields.Text("description"),
        Content = _fields.Text("content"),
        Excerpt = _fields.Text("excerpt"),
        PostDate = _fields.Local("post_date"),
        PostDateGmt = _fields.Utc("post_date_gmt"),
        Modified = _fields.Local("post_modified"),
        ModifiedGmt = _fields.Utc("post_modified_gmt"),
        CommentStatus = _fields.Word("comment_status"),
        PingStatus = _fields.Word("ping_status"),
        Slug = _fields.Word("post_name"),
        Status = _fields.Word("status"),
        ParentId = _fields.Reference("post_parent"),
        MenuOrder = (int)Math.Clamp(_fields.Number("menu_order") ?? 0, int.MinValue, int.MaxValue),
        PostType = _fields.Word("post_type"),
        Password = _fields.Text("post_password"),
        Sticky = _fields.Number("is_sticky") is > 0,
        AttachmentUrl = _fields.Word("attachment_url"),
        Terms = DistinctTerms(),
        Meta = [.. _fields.Meta],
    };

    private long? ReadId(int line)
    {
        if (_fields.Id("post_id") is { } id) return id;
        if (!_fields.Has("post_id")) notes.Enqueue(new WxrWarning(line, "an item without wp:post_id"));
        return IdInAddress(_fields.Word("guid")) ?? IdInAddress(_fields.Word("link"));
    }

    private static long? IdInAddress(string address)
    {
        var query = address.IndexOf('?');
        if (query < 0) return null;
        foreach (var pair in address[(query + 1)..].Split('&', '#'))
        {
            var equals = pair.IndexOf('=');
            if (equals > 0 && pair[..equals] is "p" or "page_id" or "attachment_id"
                && long.TryParse(pair.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
                return id;
        }

        return null;
    }

    /// <summary>WXR 1.0 writes each term twice, once as a plain RSS category: those go.</summary>
    private List<WxrItemTerm> DistinctTerms()
    {
        var named = _terms.Where(t => t.Slug.Length > 0).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<(string, string, string)>();
        return [.. _terms.Where(t => (t.Slug.Length > 0 || !named.Contains(t.Name)) && seen.Add((t.Taxonomy, t.Slug, t.Name)))];
    }
}
