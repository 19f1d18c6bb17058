using System.Buffers;
using System.Text;

namespace Broadsheet.Web.Theming;

/// <summary>
/// Takes a page's text as UTF-8 into one rented array. What is written is there when the call returns: nothing waits for a stream, and no array
/// is left to the garbage collector but the page's own.
/// </summary>
internal sealed class PageWriter : TextWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(128 << 10);
    private int _length;

    /// <summary>The first half of a character that was written in two calls; 0 for none.</summary>
    private char _half;

    public override Encoding Encoding => Utf8;

    /// <summary>Good until the next call.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public override void Write(char value) => Write(new ReadOnlySpan<char>(in value));

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (buffer.IsEmpty) return;
        if (_half != 0)
        {
            Span<char> whole = [_half, buffer[0]];
            _half = '\0';
            var isWhole = char.IsLowSurrogate(buffer[0]);
            Take(isWhole ? whole : whole[..1]);
            if (isWhole) buffer = buffer[1..];
            if (buffer.IsEmpty) return;
        }
        if (char.IsHighSurrogate(buffer[^1]))
        {
            _half = buffer[^1];
            buffer = buffer[..^1];
        }
        Take(buffer);
    }

    public void Write(ReadOnlySpan<byte> utf8)
    {
        Grow(utf8.Length);
        utf8.CopyTo(_bytes.AsSpan(_length));
        _length += utf8.Length;
    }

    public override Task WriteAsync(char value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(string? value)
    {
        Write(value.AsSpan());
        return Task.CompletedTask;
    }

    public override Task WriteAsync(char[] buffer, int index, int count)
    {
        Write(buffer.AsSpan(index, count));
        return Task.CompletedTask;
    }

    public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return Task.CompletedTask;
    }

    public override Task FlushAsync() => Task.CompletedTask;

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void Dispose(bool disposing)
    {
        if (disposing && _bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            (_bytes, _length) = ([], 0);
        }
        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<char> text)
    {
        Grow(Utf8.GetMaxByteCount(text.Length));
        _length += Utf8.GetBytes(text, _bytes.AsSpan(_length));
    }

    private void Grow(int by)
    {
        if (_bytes.Length - _length >= by) return;
        ObjectDisposedException.ThrowIf(_bytes.Length == 0, this);
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + by));
        Written.Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
