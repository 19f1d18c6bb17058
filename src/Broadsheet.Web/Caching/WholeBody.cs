namespace Broadsheet.Web.Caching;

/// <summary>
/// A response's body as one array. What tells its length beforehand and comes in one piece, as pages do, is copied once: larger arrays are dear, since
/// only the slowest collection frees them.
/// </summary>
internal sealed class WholeBody(HttpResponse response) : MemoryStream
{
    private byte[]? _whole;

    public override byte[] ToArray() => _whole ?? base.ToArray();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_whole is null && Length == 0 && response.ContentLength == buffer.Length)
        {
            _whole = buffer.ToArray();
            return;
        }
        if (_whole is not null) throw new InvalidOperationException("The response is longer than it said.");
        base.Write(buffer);
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
}
