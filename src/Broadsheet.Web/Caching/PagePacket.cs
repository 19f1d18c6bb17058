using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Broadsheet.Web.Caching.Front;
using Microsoft.Extensions.Primitives;

namespace Broadsheet.Web.Caching;

/// <summary>A page as nodes hand it on: sealed with the publication's own key, so that whatever lies in between can lose one or give back an old one, but make none.</summary>
/// <param name="Position">The renderer's <see cref="EvictionPosition"/> from before it began.</param>
/// <param name="At">When it was packed.</param>
internal sealed record PagePacket(CachedPage Page, long Position, DateTimeOffset At)
{
    /// <summary>Grows with the format.</summary>
    private const byte Version = 1;

    private const int LargestBody = 8 << 20;
    private const int Seal = HMACSHA256.HashSizeInBytes;

    /// <param name="key">The page's; a packet is for none else.</param>
    /// <param name="gzip">The body; empty where it is too small to be compressed.</param>
    public static byte[] Write(string key, CachedPage page, long position, DateTimeOffset now, ReadOnlySpan<byte> gzip, byte[] secret)
    {
        using var output = new MemoryStream(page.Identity.Length / 3 + 2_048);
        using (var writer = new BinaryWriter(output, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Version);
            writer.Write(key);
            writer.Write(position);
            writer.Write(now.ToUnixTimeMilliseconds());
            writer.Write(page.Until?.ToUnixTimeMilliseconds() ?? 0);
            writer.Write(page.IsForGuests);
            writer.Write(page.ContentType);
            writer.Write7BitEncodedInt(page.Headers.Length);
            foreach (var (name, values) in page.Headers)
            {
                writer.Write(name);
                writer.Write7BitEncodedInt(values.Count);
                foreach (var value in values) writer.Write(value ?? "");
            }
            writer.Write7BitEncodedInt(page.Tags.Length);
            foreach (var tag in page.Tags) writer.Write(tag);
            writer.Write7BitEncodedInt(page.Identity.Length);
            writer.Write7BitEncodedInt(gzip.Length);
            writer.Write(gzip.IsEmpty ? page.Identity : gzip);
        }
        output.Write(HMACSHA256.HashData(secret, output.GetBuffer().AsSpan(0, (int)output.Length)));
        return output.ToArray();
    }

    /// <returns>Null where it is not one of ours, or not of this key.</returns>
    /// <param name="front">What this node tells a cache in front; null for none.</param>
    public static PagePacket? Read(byte[] packet, string key, byte[] secret, FrontControl? front = null)
    {
        if (packet.Length <= Seal || !CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(secret, packet.AsSpan(0, packet.Length - Seal)), packet.AsSpan(packet.Length - Seal))) return null;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(packet, 0, packet.Length - Seal), Encoding.UTF8);
            return reader.ReadByte() == Version && reader.ReadString() == key ? Read(reader, front) : null;
        }
        catch (Exception problem) when (problem is IOException or FormatException or InvalidDataException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    private static PagePacket? Read(BinaryReader reader, FrontControl? front)
    {
        var (position, at, until, isForGuests, type) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadBoolean(), reader.ReadString());
        var headers = new KeyValuePair<string, StringValues>[Bounded(reader, 100)];
        for (var i = 0; i < headers.Length; i++)
        {
            var name = reader.ReadString();
            var values = new string[Bounded(reader, 100)];
            for (var j = 0; j < values.Length; j++) values[j] = reader.ReadString();
            headers[i] = new(name, values.Length == 1 ? new StringValues(values[0]) : new StringValues(values));
        }
        var tags = new string[Bounded(reader, 100_000)];
        for (var i = 0; i < tags.Length; i++) tags[i] = reader.ReadString();
        var (length, packed) = (Bounded(reader, LargestBody), Bounded(reader, LargestBody));
        var body = reader.ReadBytes(packed > 0 ? packed : length);
        var identity = packed > 0 ? Unpack(body, length) : body;
        if (identity.Length != length || (packed > 0 && body.Length != packed)) return null;
        var page = CachedPage.Of(type, headers, identity, tags, isForGuests, until == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(until), front);
        if (packed > 0) page.Gzip = body;
        return new PagePacket(page, position, DateTimeOffset.FromUnixTimeMilliseconds(at));
    }

    private static byte[] Unpack(byte[] gzip, int length)
    {
        var identity = new byte[length];
        using var unpacked = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        unpacked.ReadExactly(identity);
        return unpacked.ReadByte() < 0 ? identity : throw new InvalidDataException("The body is longer than it says.");
    }

    private static int Bounded(BinaryReader reader, int most) => reader.Read7BitEncodedInt() is var number && number >= 0 && number <= most ? number : throw new InvalidDataException("A number is out of bounds.");
}
