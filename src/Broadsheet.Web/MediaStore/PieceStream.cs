namespace Broadsheet.Web.MediaStore;

/// <summary>Objects of a bucket, one after the other as one stream that can be positioned.</summary>
internal sealed class PieceStream(Bucket bucket, IReadOnlyList<(string Name, long Length)> pieces) : Stream
{
    private ObjectBody? _body;
    private long _position;

    /// <summary>Bytes of the piece that is coming in.</summary>
    private long _left;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; } = pieces.Sum(p => p.Length);

    public override long Position
    {
        get => _position;
        set
        {
            if (value == _position) return;
            Leave();
            _position = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= Length || buffer.Length == 0) return 0;
        _body ??= await EnterAsync(cancellationToken);
        var read = await _body.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        if (read == 0) throw new MediaAwayException("the bucket broke off");
        _position += read;
        if ((_left -= read) == 0) Leave();
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Nobody waits for a bucket with a thread.");

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => _position + offset, _ => Length + offset };

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
        // Nothing is written.
    }

    protected override void Dispose(bool disposing)
    {
        Leave();
        base.Dispose(disposing);
    }

    private async Task<ObjectBody> EnterAsync(CancellationToken ct)
    {
        var (piece, at) = (0, _position);
        while (at >= pieces[piece].Length) at -= pieces[piece++].Length;
        _left = pieces[piece].Length - at;
        return await bucket.GetAsync(pieces[piece].Name, at, to: null, ct) ?? throw new FileNotFoundException("a piece of it is not here any more");
    }

    private void Leave()
    {
        _body?.Dispose();
        _body = null;
    }
}
