namespace Broadsheet.Web.MediaStore;

/// <summary>An object as a stream that can be positioned. Nothing is asked for before the first byte is read, and then from there on.</summary>
internal sealed class BucketStream(Bucket bucket, BucketMemory memory, string name, string version, long length) : Stream
{
    private ObjectBody? _body;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set
        {
            if (value == _position) return;
            Close(ref _body);
            _position = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= Length || buffer.Length == 0) return 0;
        _body ??= await OpenAsync(cancellationToken);
        var read = await _body.ReadAsync(buffer, cancellationToken);
        if (read == 0) throw new MediaAwayException("the bucket broke off");
        _position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => _position + offset, _ => Length + offset };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Nobody waits for a bucket with a thread.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
        // Nothing is written.
    }

    protected override void Dispose(bool disposing)
    {
        Close(ref _body);
        base.Dispose(disposing);
    }

    private async Task<ObjectBody> OpenAsync(CancellationToken ct)
    {
        var body = await bucket.GetAsync(name, _position, to: null, ct);
        if (body?.Facts.Version == version) return body;
        body?.Dispose();
        // Otherwise it would be found as it was for some seconds more.
        memory.Forget(name);
        throw new FileNotFoundException(body is null ? "it is not here any more" : "it has changed meanwhile");
    }

    private static void Close(ref ObjectBody? body)
    {
        body?.Dispose();
        body = null;
    }
}
