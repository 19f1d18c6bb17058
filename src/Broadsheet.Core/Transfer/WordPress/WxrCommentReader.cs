namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>Reads one <c>wp:comment</c>.</summary>
internal sealed class WxrCommentReader(WxrCursor cursor, Queue<WxrRecord> notes)
{
    private readonly WxrFields _fields = new(notes);
    private long _ordinal;

    public WxrComment Read()
    {
        _fields.Clear();
        var (line, depth) = (cursor.Line, cursor.Depth);
        if (cursor.Enter())
        {
            while (cursor.NextChild(depth))
            {
                if (cursor.Is(WxrSpace.WordPress, "commentmeta")) WxrMetaReader.Read(cursor, _fields, notes);
                else WxrMetaReader.ReadField(cursor, _fields);
            }
        }

        if (!_fields.Has("comment_id")) notes.Enqueue(new WxrWarning(line, "a comment without wp:comment_id"));
        return Build(line);
    }

    private WxrComment Build(int line) => new(line)
    {
        Ordinal = ++_ordinal,
        Id = _fields.Id("comment_id"),
        Author = _fields.Word("comment_author"),
        AuthorEmail = _fields.Word("comment_author_email"),
        AuthorUrl = _fields.Word("comment_author_url"),
        AuthorIp = _fields.Word("comment_author_IP"),
        Date = _fields.Local("comment_date"),
        DateGmt = _fields.Utc("comment_date_gmt"),
        Content = _fields.Text("comment_content"),
        Approved = _fields.Word("comment_approved"),
        Type = _fields.Word("comment_type"),
        ParentId = _fields.Reference("comment_parent"),
        UserId = _fields.Reference("comment_user_id"),
        Meta = _fields.Meta,
    };
}
