namespace Broadsheet.Web.MediaStore;

/// <summary>Objects of a bucket, one after the other as one stream, once through.</summary>
internal sealed class PieceStream(Bucket bucket, IReadOnlyList<(string Name, long Length)> pieces) : Stream
{
    private ObjectBody? _body;
    private int _next;
    private long _left;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_left == 0)
        {
            _body?.Dispose();
            _body = null;
            if (_next == pieces.Count) return 0;
            (var name, _left) = pieces[_next++];
            if (_left > 0) _body = await bucket.GetAsync(name, 0, to: null, cancellationToken) ?? throw new FileNotFoundException("a piece of it is not here any more");
        }
        var read = await _body!.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        if (read == 0 && buffer.Length > 0) throw new MediaAwayException("the bucket broke off");
        _left -= read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Nobody waits for a bucket with a thread.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
        // Nothing is written.
    }

    protected override void Dispose(bool disposing)
    {
        _body?.Dispose();
        base.Dispose(disposing);
    }
}
