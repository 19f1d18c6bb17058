using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>Stands for texts that should be the same again: for records without an id of their own.</summary>
internal static class Fingerprint
{
    /// <summary>Positive; equal for equal texts in the same places.</summary>
    public static long Of(params ReadOnlySpan<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
        return Math.Max(1, BinaryPrimitives.ReadInt64LittleEndian(hash.GetHashAndReset()) & long.MaxValue);
    }
}
