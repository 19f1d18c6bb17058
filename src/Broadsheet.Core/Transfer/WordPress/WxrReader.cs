using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using System.Xml;

namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>
/// Reads a WordPress export from a stream, one record at a time: it holds one item's own texts and one comment, so memory does
/// not grow with the file. Elements are matched by namespace and local name, whatever the prefix. Nothing is ever resolved or
/// expanded: an entity that the file declares itself is an error where it is used.
/// </summary>
/// <remarks>
/// Warnings, not errors: a missing or unknown version, ids and dates that cannot be read (they are null then), items and
/// comments without an id, a second value for a field (the first counts). Skips: terms without a name or slug, elements that
/// look like WordPress's but are in another namespace, comments outside an item. Everything else that XML allows is kept.
/// </remarks>
public sealed class WxrReader : IDisposable
{
    private readonly WxrOptions _options;
    private readonly WxrTextSource _text;
    private readonly IEnumerator<WxrRecord> _records;
    private readonly Queue<WxrRecord> _notes = new();
    private readonly WxrFields _channelFields;
    private WxrCursor? _cursor;
    private ExceptionDispatchInfo? _failure;
    private int _channelLine;
    private bool _channelGiven;
    private long _items;

    /// <param name="stream">Read synchronously from where it stands; not disposed.</param>
    public WxrReader(Stream stream, WxrOptions? options = null)
    {
        _options = options ?? new WxrOptions();
        _text = new WxrTextSource(stream, _options);
        _channelFields = new WxrFields(_notes);
        _records = ReadFile().GetEnumerator();
    }

    /// <summary>Bytes taken from the stream so far, for a progress bar; at most 128 KiB ahead of the record given last.</summary>
    public long BytesRead => _text.BytesRead;

    /// <summary>How many characters were replaced so far because XML forbids them (<see cref="WxrOptions.Repair"/>).</summary>
    public long Replaced => _text.Replaced;

    /// <summary>The next record.</summary>
    /// <returns>False at the end of a file that was read whole.</returns>
    /// <exception cref="WxrFormatException">The file cannot be read on; asked again, it is thrown again.</exception>
    /// <exception cref="IOException">The stream failed.</exception>
    public bool Read([NotNullWhen(true)] out WxrRecord? record)
    {
        _failure?.Throw();
        try
        {
            var more = _records.MoveNext();
            record = more ? _records.Current : null;
            return more;
        }
        catch (XmlException e)
        {
            _failure = ExceptionDispatchInfo.Capture(WxrXmlErrors.Explain(e, _options.FileName));
        }
        catch (WxrFormatException e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }

        _failure.Throw();
        record = null;
        return false;
    }

    /// <summary>All records that are left. Throws as <see cref="Read"/> does.</summary>
    public IEnumerable<WxrRecord> Records()
    {
        while (Read(out var record)) yield return record;
    }

    public void Dispose()
    {
        _records.Dispose();
        _cursor?.Dispose();
        _text.Dispose();
    }

    private IEnumerable<WxrRecord> ReadFile()
    {
        _text.Open();
        var cursor = _cursor = new WxrCursor(_text, _options);
        cursor.MoveToRoot();
        if (cursor.LocalName != "rss")
            throw cursor.Error(0, $"this is not a WordPress export: its root is <{cursor.LocalName}>, not <rss>");
        var items = new WxrItemReader(cursor, _notes);
        var depth = cursor.Depth;
        if (cursor.Enter())
        {
            while (cursor.NextChild(depth))
            {
                if (!cursor.Is(WxrSpace.Rss, "channel")) cursor.Skip();
                else
                    foreach (var record in ReadChannel(cursor, items)) yield return record;
            }
        }

        if (!_channelGiven) throw new WxrFormatException(_options.FileName, new WxrError(0, 0, "this RSS file has no channel"));
        var endLine = cursor.LastEndLine;
        cursor.Finish();
        var whole = BuildChannel();
        WarnOfVersion(whole);
        while (_notes.TryDequeue(out var note)) yield return note;
        yield return new WxrChannelEnd(endLine, whole);
    }

    private IEnumerable<WxrRecord> ReadChannel(WxrCursor cursor, WxrItemReader items)
    {
        if (_channelLine == 0) _channelLine = cursor.Line;
        var depth = cursor.Depth;
        if (cursor.Enter())
        {
            while (cursor.NextChild(depth))
            {
                var isItem = cursor.Is(WxrSpace.Rss, "item");
                var read = isItem ? null : ReadChannelChild(cursor);
                if (!isItem && read is null) continue;
                if (!_channelGiven) yield return GiveChannel();
                if (read is not null) _notes.Enqueue(read);
                while (_notes.TryDequeue(out var note)) yield return note;
                if (!isItem) continue;
                foreach (var record in items.Read(++_items)) yield return record;
            }
        }

        if (!_channelGiven) yield return GiveChannel();
    }

    /// <returns>The author, category, tag or term that it stood on; null when it was a field or nothing to us.</returns>
    private WxrRecord? ReadChannelChild(WxrCursor cursor)
    {
        if (cursor.Key is { } key)
        {
            var line = cursor.Line;
            _channelFields.Add(key, cursor.ReadText(), line);
            return null;
        }

        if (cursor.Space == WxrSpace.WordPress && WxrTermReader.Reads(cursor.LocalName)) return WxrTermReader.Read(cursor, _notes);
        var skip = WxrTermReader.Reads(cursor.LocalName) || cursor.Is(WxrSpace.WordPress, "comment")
            ? new WxrSkip(cursor.Line, "element", SkipReason(cursor))
            : null;
        cursor.Skip();
        return skip;
    }

    private static string SkipReason(WxrCursor cursor) => cursor.Space == WxrSpace.WordPress
        ? "a comment that belongs to no item"
        : $"<{(cursor.Prefix.Length == 0 ? "" : cursor.Prefix + ":")}{cursor.LocalName}> is not in a namespace of WordPress exports";

    private WxrChannel GiveChannel()
    {
        _channelGiven = true;
        return BuildChannel();
    }

    private WxrChannel BuildChannel() => new(_channelLine)
    {
        Title = _channelFields.Word("title"),
        Link = _channelFields.Word("link"),
        Description = _channelFields.Word("description"),
        Language = _channelFields.Word("language"),
        Published = _channelFields.Rfc822("pubDate"),
        Version = _channelFields.Has("wxr_version") ? _channelFields.Word("wxr_version") : null,
        BaseSiteUrl = _channelFields.Word("base_site_url"),
        BaseBlogUrl = _channelFields.Word("base_blog_url"),
        Generator = _channelFields.Word("generator"),
    };

    private void WarnOfVersion(WxrChannel channel)
    {
        if (channel.Version is null)
            _notes.Enqueue(new WxrWarning(channel.Line, "the file names no wxr_version; read as 1.2"));
        else if (channel.Version is not ("1.0" or "1.1" or "1.2"))
            _notes.Enqueue(new WxrWarning(channel.Line, "the wxr_version is not one of 1.0, 1.1, 1.2; read as 1.2"));
    }
}
