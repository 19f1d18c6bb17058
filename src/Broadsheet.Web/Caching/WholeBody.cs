namespace Broadsheet.Web.Caching;

/// <summary>
/// A response's body as one array. What tells its length beforehand and comes in one piece, as pages do, is copied once: large arrays are dear, since
/// only the slowest collection frees them.
/// </summary>
internal sealed class WholeBody(HttpResponse response) : Stream
{
    private byte[]? _whole;
    private MemoryStream? _pieces;

    public override bool CanRead => false;

    /// <summary>Only back to the beginning: a response that failed is begun anew.</summary>
    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => _whole?.Length ?? _pieces?.Length ?? 0;

    public override long Position
    {
        get => Length;
        set
        {
            if (value != Length) SetLength(value);
        }
    }

    public byte[] ToArray() => _whole ?? _pieces?.ToArray() ?? [];

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_whole is not null) throw new InvalidOperationException("The response is longer than it said.");
        if (_pieces is null && response.ContentLength == buffer.Length) _whole = buffer.ToArray();
        else (_pieces ??= new MemoryStream()).Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value)
    {
        if (value != 0) throw new NotSupportedException();
        (_whole, _pieces) = (null, null);
    }
}
