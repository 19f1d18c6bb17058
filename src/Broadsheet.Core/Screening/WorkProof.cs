using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Broadsheet.Core.Screening;

/// <summary>
/// The sum that a browser works out (Back's hashcash, on SHA-256): a number of 64 bits whose hash behind that of the form's token begins with so many zero bits.
/// Finding it takes two to the power of the bits in tries on average; checking it takes two hashes.
/// </summary>
public static class WorkProof
{
    /// <summary>256 tries: for tests and for the oldest of telephones.</summary>
    public const int LeastBits = 8;

    /// <summary>131,072 tries on average (one in twenty takes three times as many): about a second on a slow telephone, which does 100,000 to 200,000 a second in script.</summary>
    public const int UsualBits = 17;

    /// <summary>A million tries: five to ten seconds on a slow telephone. More would too often take longer than the 20 seconds that a browser has somebody wait for it.</summary>
    public const int MostBits = 20;

    /// <summary>A solution is the number in so many hexadecimal digits.</summary>
    public const int Digits = 16;

    /// <summary>What stands before the number: SHA-256 of the token's characters, in hexadecimal.</summary>
    public static string SeedOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <param name="bits">Zero or less is solved by nothing: such a form asks for no sum.</param>
    public static bool IsSolved(string token, string solution, int bits)
    {
        if (bits <= 0 || solution.Length != Digits) return false;
        Span<byte> block = stackalloc byte[SHA256.HashSizeInBytes + sizeof(ulong)];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), block);
        if (Convert.FromHexString(solution, block[SHA256.HashSizeInBytes..], out _, out _) != System.Buffers.OperationStatus.Done) return false;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(block, hash);
        return BitOperations.LeadingZeroCount(BinaryPrimitives.ReadUInt64BigEndian(hash)) >= bits;
    }
}
