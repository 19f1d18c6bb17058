using System.Globalization;
using System.Text;

namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>
/// The characters of an export for the XML parser: decodes with an exact place for bytes that are wrong, forgives blank lines
/// and byte order marks before the XML declaration (the declaration becomes blanks, so that no line moves) and, when asked,
/// repairs what XML forbids. Holds two blocks of 64 KiB, whatever the file's size.
/// </summary>
internal sealed class WxrTextSource : TextReader
{
    private const int BlockSize = 64 * 1024;
    /// <summary>Stands for a wrong byte until the block is looked at: a noncharacter that XML forbids as well.</summary>
    private const char WrongByte = '\uFFFE';

    private readonly Stream _stream;
    private readonly WxrOptions _options;
    private readonly byte[] _bytes = new byte[BlockSize];
    private readonly XmlRepair? _repair;
    private readonly WrongBytes _wrongBytes = new();
    private char[] _decoded = [];
    private char[] _block = [];
    private int _position;
    private int _length;
    private Decoder? _decoder;
    private bool _ended;
    private WxrFormatException? _failure;
    private int _line = 1;
    private int _column = 1;
    private bool _afterReturn;

    public WxrTextSource(Stream stream, WxrOptions options)
    {
        _stream = stream;
        _options = options;
        _repair = options.Repair ? new XmlRepair() : null;
    }

    /// <summary>Bytes taken from the stream; up to one block ahead of what was parsed.</summary>
    public long BytesRead { get; private set; }

    public long Replaced => _repair?.Replaced ?? 0;

    /// <summary>Decodes the first block. Must be called once, first.</summary>
    /// <exception cref="WxrFormatException">It is no XML, for a reason that can be told from its beginning.</exception>
    public void Open()
    {
        var count = FillBytes(atLeast: 4096);
        var (encoding, mark) = WxrEncoding.Detect(_bytes.AsSpan(0, count), _options.FileName);
        _decoder = encoding.GetDecoder();
        _decoder.Fallback = _wrongBytes;
        _decoded = new char[encoding.GetMaxCharCount(BlockSize)];
        _block = _repair is null ? _decoded : new char[_decoded.Length + XmlRepair.MaxHeld];
        Decode(_bytes.AsSpan(mark, count - mark), firstByte: mark);
        if (_failure is null || _length > 0) WxrProlog.Clean(_block.AsSpan(0, _length), _options.FileName);
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        while (_position == _length)
        {
            if (_failure is not null) throw _failure;
            if (_ended) return 0;
            var firstByte = BytesRead;
            Decode(_bytes.AsSpan(0, FillBytes(atLeast: 1)), firstByte);
        }

        var taken = Math.Min(buffer.Length, _length - _position);
        _block.AsSpan(_position, taken).CopyTo(buffer);
        _position += taken;
        return taken;
    }

    public override int Peek() => -1;

    public override int Read()
    {
        Span<char> one = stackalloc char[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    private int FillBytes(int atLeast)
    {
        var count = _stream.ReadAtLeast(_bytes, atLeast, throwOnEndOfStream: false);
        BytesRead += count;
        if (count < atLeast) _ended = true;
        return count;
    }

    private void Decode(ReadOnlySpan<byte> bytes, long firstByte)
    {
        _wrongBytes.First = null;
        var count = _decoder!.GetChars(bytes, _decoded, flush: _ended);
        var chars = _decoded.AsSpan(0, count);
        if (_wrongBytes.First is { } wrong && _repair is null)
        {
            chars = chars[..chars.IndexOf(WrongByte)];
            CountLines(chars);
            _failure = Wrong(firstByte + wrong.Index, wrong.Bytes);
        }
        else if (_repair is null)
        {
            CountLines(chars);
        }

        _length = _repair is null ? chars.Length : _repair.Repair(chars, _block, last: _ended);
        _position = 0;
    }

    private WxrFormatException Wrong(long at, byte[] bytes)
    {
        var shown = string.Join(' ', bytes.Select(b => b.ToString("X2", CultureInfo.InvariantCulture)));
        return new WxrFormatException(_options.FileName, new WxrError(_line, _column,
            $"byte {at} ({shown}) is not valid in the file's encoding"));
    }

    /// <summary>Lines as XML counts them: LF, CR LF, or CR alone.</summary>
    private void CountLines(ReadOnlySpan<char> chars)
    {
        for (var rest = chars; !rest.IsEmpty;)
        {
            if (_afterReturn && rest[0] == '\n') rest = rest[1..];
            _afterReturn = false;
            var end = rest.IndexOfAny('\n', '\r');
            if (end < 0)
            {
                _column += rest.Length;
                return;
            }

            _line++;
            _column = 1;
            _afterReturn = rest[end] == '\r';
            rest = rest[(end + 1)..];
        }
    }

    /// <summary>Puts <see cref="WrongByte"/> for what cannot be decoded (U+FFFD after <see cref="XmlRepair"/>) and notes where the first was.</summary>
    private sealed class WrongBytes : DecoderFallback
    {
        public (long Index, byte[] Bytes)? First { get; set; }
        public override int MaxCharCount => 1;
        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(this);

        private sealed class Buffer(WrongBytes owner) : DecoderFallbackBuffer
        {
            private int _left;
            public override int Remaining => _left;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                owner.First ??= (index, bytesUnknown);
                _left = 1;
                return true;
            }

            public override char GetNextChar()
            {
                if (_left == 0) return '\0';
                _left = 0;
                return WrongByte;
            }

            public override bool MovePrevious()
            {
                if (_left == 1) return false;
                _left = 1;
                return true;
            }

            public override void Reset() => _left = 0;
        }
    }
}
