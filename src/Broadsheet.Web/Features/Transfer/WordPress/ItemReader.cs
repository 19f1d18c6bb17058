using Broadsheet.Core.Discussion;
using Broadsheet.Core.Transfer.WordPress;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>An item, and of each of its comments what its thread is made from.</summary>
/// <param name="Kept">The comments themselves where they are few; else <see cref="ItemReader.Comments"/> reads them once more.</param>
internal sealed record FoundItem(WxrItem Item, List<CommentStub> Stubs, List<WxrComment>? Kept);

/// <summary>What numbers are made from: 60 bytes instead of a comment.</summary>
/// <param name="Ordinal">Among all comments of the file.</param>
/// <param name="Mark">Stands for author and words.</param>
internal readonly record struct CommentStub(long Ordinal, int Line, long? Id, long? ParentId, DateTimeOffset At, Standing Standing, CommentKind Kind, long Mark);

/// <summary>
/// Reads the items of one sort, whole: an item's comments are all known before the first is written. The texts of a long thread are not
/// held but read a second time, by a second reader that follows behind.
/// </summary>
internal sealed class ItemReader(string file, WxrOptions options, Func<WxrItem, bool> wanted, TimeSpan offset) : IDisposable
{
    private const int KeptComments = 500;
    private const int KeptCharacters = 1_000_000;
    private readonly Follower _ahead = new(file, options);
    private Follower? _behind;

    public long BytesRead => _ahead.Reader.BytesRead;

    /// <returns>Null at the end of the file.</returns>
    public FoundItem? Read()
    {
        while (_ahead.Reader.Read(out var record))
        {
            if (record is not WxrItem item) continue;
            var found = Collect(item);
            if (wanted(found.Item)) return found;
        }
        return null;
    }

    /// <summary>The comments of an item in the file's order. Of one item after the other, forwards only.</summary>
    public IEnumerable<WxrComment> Comments(FoundItem found)
    {
        if (found.Kept is not null) return found.Kept;
        _behind ??= new Follower(file, options);
        return _behind.CommentsOf(found.Item.Ordinal);
    }

    public void Dispose()
    {
        _ahead.Dispose();
        _behind?.Dispose();
    }

    private FoundItem Collect(WxrItem item)
    {
        List<CommentStub> stubs = [];
        List<WxrComment>? kept = [];
        var (characters, isWanted) = (0L, wanted(item));
        while (_ahead.Reader.Read(out var record))
        {
            if (record is WxrItemEnd end) return new FoundItem(end.Revised ?? item, stubs, kept);
            if (record is not WxrComment comment) continue;
            stubs.Add(StubOf(comment, item));
            characters += comment.Content.Length;
            kept?.Add(comment);
            // A field that came late may yet change what an item is: its stubs are kept either way.
            if (!isWanted || kept?.Count > KeptComments || characters > KeptCharacters) kept = null;
        }
        throw new InvalidOperationException("An item has an end.");
    }

    private CommentStub StubOf(WxrComment c, WxrItem item)
    {
        var kind = c.Type switch { "" or "comment" => CommentKind.Comment, "pingback" => CommentKind.Pingback, "trackback" => CommentKind.Trackback, _ => CommentKind.Other };
        return new CommentStub(c.Ordinal, c.Line, c.Id, c.ParentId, ItemDates.OfComment(c, item, offset).At, StandingOf(c.Approved), kind, Fingerprint.Of(c.Author, c.AuthorEmail, c.Content));
    }

    private static Standing StandingOf(string approved) => approved switch
    {
        "1" or "approve" or "approved" => Standing.Shown,
        "spam" => Standing.Spam,
        "trash" or "post-trashed" => Standing.Trashed,
        _ => Standing.Held,
    };

    private sealed class Follower : IDisposable
    {
        private readonly FileStream _stream;
        private long _item;

        public Follower(string file, WxrOptions options)
        {
            _stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            Reader = new WxrReader(_stream, options);
        }

        public WxrReader Reader { get; }

        public IEnumerable<WxrComment> CommentsOf(long ordinal)
        {
            while (Reader.Read(out var record))
            {
                if (record is WxrItem item) _item = item.Ordinal;
                else if (record is WxrItemEnd && _item == ordinal) yield break;
                else if (record is WxrComment comment && _item == ordinal) yield return comment;
            }
        }

        public void Dispose()
        {
            Reader.Dispose();
            _stream.Dispose();
        }
    }
}
