namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>A warning or a skip with its place.</summary>
/// <param name="Kind">Empty for a warning.</param>
public sealed record WxrNote(int Line, string Kind, string What);

/// <summary>An id that an item (or comment) has although one before it in the file has it too.</summary>
public sealed record WxrDuplicate(int Line, long Id);

/// <summary>
/// What a whole export holds: a first pass that writes nothing, finds every error and gives the totals. Keeps counts, the ids
/// (<see cref="IdSet"/>: about a fifth of a byte each when dense), 40 bytes a nested comment of one item at a time, and at
/// most <see cref="MaxNotes"/> notes of each sort.
/// </summary>
public sealed class WxrSurvey
{
    /// <summary>How many warnings, skips and duplicates are listed; all are counted.</summary>
    public const int MaxNotes = 10_000;

    private const int MaxStates = 64;
    private readonly WxrThreads _threads = new();
    private readonly List<WxrNote> _warnings = [];
    private readonly List<WxrNote> _skips = [];
    private readonly List<WxrDuplicate> _duplicateItems = [];
    private readonly List<WxrDuplicate> _duplicateComments = [];
    private readonly Dictionary<string, long> _approvals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _statuses = new(StringComparer.Ordinal);
    private WxrItem? _item;

    private WxrSurvey()
    {
    }

    public WxrChannel Channel { get; private set; } = new(0);
    public WxrHosts Hosts { get; } = new();

    /// <summary>Items of type <c>post</c>, whatever their status.</summary>
    public long Posts { get; private set; }
    public long Pages { get; private set; }
    public long Attachments { get; private set; }
    /// <summary>Items of any other type, or of none.</summary>
    public long Other { get; private set; }
    /// <summary>Every <c>wp:comment</c>: pings, held, spam and trash too.</summary>
    public long Comments { get; private set; }
    /// <summary>Pingbacks and trackbacks among them.</summary>
    public long Pings { get; private set; }
    /// <summary>Comments that name a parent.</summary>
    public long NestedComments => _threads.Nested;
    /// <summary>Comments whose parent is not in their item.</summary>
    public long OrphanComments => _threads.Orphans;
    /// <summary>0 for a comment on the article itself.</summary>
    public int MaxCommentDepth => _threads.MaxDepth;
    public long Categories { get; private set; }
    public long Tags { get; private set; }
    public long Terms { get; private set; }
    /// <summary>Every <c>wp:author</c>, also those that only an item names.</summary>
    public long Authors { get; private set; }

    /// <summary>Comments by <c>comment_approved</c>, as spelled.</summary>
    public IReadOnlyDictionary<string, long> CommentsByApproval => _approvals;
    /// <summary>Items by <c>status</c>, as spelled.</summary>
    public IReadOnlyDictionary<string, long> ItemsByStatus => _statuses;

    public IdSet ItemIds { get; } = new();
    public IdSet CommentIds { get; } = new();
    public IReadOnlyList<WxrDuplicate> DuplicateItems => _duplicateItems;
    public IReadOnlyList<WxrDuplicate> DuplicateComments => _duplicateComments;
    public long DuplicateItemCount { get; private set; }
    public long DuplicateCommentCount { get; private set; }

    public IReadOnlyList<WxrNote> Warnings => _warnings;
    public IReadOnlyList<WxrNote> Skips => _skips;
    public long WarningCount { get; private set; }
    public long SkipCount { get; private set; }

    /// <summary>The largest number of comments on one item.</summary>
    public long MostComments { get; private set; }
    /// <summary>Characters replaced by <see cref="WxrOptions.Repair"/>.</summary>
    public long Replaced { get; private set; }
    public long Bytes { get; private set; }

    /// <summary>Reads the stream to its end.</summary>
    /// <param name="progress">Told the bytes read, after each record.</param>
    /// <param name="each">Shown each record, for what else a first pass wants to know.</param>
    /// <exception cref="WxrFormatException">The file cannot be read whole.</exception>
    public static WxrSurvey Take(Stream stream, WxrOptions? options = null, Action<long>? progress = null, Action<WxrRecord>? each = null, CancellationToken ct = default)
    {
        var survey = new WxrSurvey();
        using var reader = new WxrReader(stream, options);
        while (reader.Read(out var record))
        {
            ct.ThrowIfCancellationRequested();
            survey.Count(record);
            each?.Invoke(record);
            progress?.Invoke(reader.BytesRead);
        }

        survey.Replaced = reader.Replaced;
        survey.Bytes = reader.BytesRead;
        return survey;
    }

    private void Count(WxrRecord record)
    {
        switch (record)
        {
            case WxrComment comment: Count(comment); break;
            case WxrItem item: _item = item; break;
            case WxrItemEnd end: Count(end); break;
            case WxrAuthor: Authors++; break;
            case WxrCategory: Categories++; break;
            case WxrTag: Tags++; break;
            case WxrTerm: Terms++; break;
            case WxrWarning warning:
                WarningCount++;
                if (_warnings.Count < MaxNotes) _warnings.Add(new WxrNote(warning.Line, "", warning.What));
                break;
            case WxrSkip skip:
                SkipCount++;
                if (_skips.Count < MaxNotes) _skips.Add(new WxrNote(skip.Line, skip.Kind, skip.What));
                break;
            case WxrChannelEnd end:
                Channel = end.Whole;
                Hosts.Add(end.Whole);
                break;
        }
    }

    private void Count(WxrItemEnd end)
    {
        var item = end.Revised ?? _item!;
        _item = null;
        switch (item.Kind)
        {
            case WxrItemKind.Post: Posts++; break;
            case WxrItemKind.Page: Pages++; break;
            case WxrItemKind.Attachment: Attachments++; break;
            default: Other++; break;
        }

        Tally(_statuses, item.Status);
        if (item.Id is { } id && !ItemIds.Add(id))
        {
            DuplicateItemCount++;
            if (_duplicateItems.Count < MaxNotes) _duplicateItems.Add(new WxrDuplicate(item.Line, id));
        }

        if (item.Kind == WxrItemKind.Attachment) Hosts.AddMediaOf(item);
        MostComments = Math.Max(MostComments, end.Comments);
        _threads.EndItem();
    }

    private void Count(WxrComment comment)
    {
        Comments++;
        if (comment.IsPing) Pings++;
        Tally(_approvals, comment.Approved);
        _threads.Add(comment);
        if (comment.Id is not { } id || CommentIds.Add(id)) return;
        DuplicateCommentCount++;
        if (_duplicateComments.Count < MaxNotes) _duplicateComments.Add(new WxrDuplicate(comment.Line, id));
    }

    /// <summary>States are few; a file that invents thousands must not fill the memory.</summary>
    private static void Tally(Dictionary<string, long> counts, string state)
    {
        if (!counts.ContainsKey(state) && counts.Count >= MaxStates) state = "…";
        counts[state] = counts.GetValueOrDefault(state) + 1;
    }
}
