using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Broadsheet.Web.Features.SignIn;

/// <summary>
/// Passwords as WordPress stores them, for those who moved here with one: <c>$wp$2y$…</c> (since 6.8: bcrypt of a keyed SHA-384), <c>$2y$…</c>
/// (bcrypt), <c>$P$…</c> and <c>$H$…</c> (phpass's portable hashes: MD5, many times), and 32 hexadecimal digits (MD5, once). Only verified,
/// never made: whoever signs in with one is stored anew (compatibility §4.4).
/// </summary>
internal static class WordPressPasswords
{
    /// <summary>In UTF-8, as WordPress refuses more.</summary>
    private const int MaxBytes = 4_096;

    /// <summary>Of bcrypt and of phpass, as powers of two: WordPress's own are 10 and 13. More would let a line of an imported file hold a processor for minutes.</summary>
    private const int MaxBcryptCost = 14;
    private const int MaxPhpassCost = 18;

    private const string Digits64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    public static bool IsOne(string hash) => KindOf(hash) != Kind.None;

    /// <summary>WordPress trims passwords when they are set and, in some versions, hashed them with PHP's escaping backslashes: what was typed then is right now.</summary>
    public static bool Verify(string hash, string password)
    {
        if (Encoding.UTF8.GetByteCount(password) > MaxBytes) return false;
        var trimmed = password.Trim(' ', '\t', '\n', '\r', '\0', '\v');
        return new[] { password, trimmed, Escaped(trimmed) }.Distinct(StringComparer.Ordinal).Any(p => VerifyExactly(hash, p));
    }

    private static bool VerifyExactly(string hash, string password) => KindOf(hash) switch
    {
        Kind.Keyed => Bcrypt(hash[3..], Convert.ToBase64String(HMACSHA384.HashData("wp-sha384"u8, Encoding.UTF8.GetBytes(password)))),
        Kind.Bcrypt => Bcrypt(hash, password),
        Kind.Phpass => Phpass(hash, Encoding.UTF8.GetBytes(password)),
        Kind.Plain => CryptographicOperations.FixedTimeEquals(Convert.FromHexString(hash), MD5.HashData(Encoding.UTF8.GetBytes(password))),
        _ => false,
    };

    private static Kind KindOf(string hash) => hash switch
    {
        _ when hash.StartsWith("$wp$2", StringComparison.Ordinal) => Kind.Keyed,
        _ when hash.StartsWith("$2", StringComparison.Ordinal) => Kind.Bcrypt,
        { Length: 34 } when hash.StartsWith("$P$", StringComparison.Ordinal) || hash.StartsWith("$H$", StringComparison.Ordinal) => Kind.Phpass,
        { Length: 32 } when !hash.AsSpan().ContainsAnyExcept(Hexadecimal) => Kind.Plain,
        _ => Kind.None,
    };

    private static bool Bcrypt(string hash, string password)
    {
        // $2y$10$ and 53 characters.
        if (hash.Length != 60 || !int.TryParse(hash.AsSpan(4, 2), out var cost) || cost > MaxBcryptCost) return false;
        try
        {
            return BCrypt.Net.BCrypt.Verify(password, hash);
        }
        catch (Exception problem) when (problem is BCrypt.Net.SaltParseException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>$P$, a digit for the rounds, eight of salt, and the hash in digits of six bits, the lowest first.</summary>
    private static bool Phpass(string hash, byte[] password)
    {
        var cost = Digits64.IndexOf(hash[3], StringComparison.Ordinal);
        if (cost is < 7 or > MaxPhpassCost) return false;
        var salted = (byte[])[.. Encoding.UTF8.GetBytes(hash[4..12]), .. password];
        var digest = MD5.HashData(salted);
        var again = new byte[digest.Length + password.Length];
        password.CopyTo(again, digest.Length);
        for (var i = 0; i < 1 << cost; i++)
        {
            digest.CopyTo(again, 0);
            MD5.HashData(again, digest);
        }
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(hash[12..]), Encoding.UTF8.GetBytes(Encode(digest)));
    }

    private static string Encode(byte[] digest)
    {
        var text = new StringBuilder();
        for (var i = 0; i < digest.Length; i += 3)
        {
            var count = Math.Min(3, digest.Length - i);
            var value = 0;
            for (var b = 0; b < count; b++) value |= digest[i + b] << 8 * b;
            for (var d = 0; d <= count; d++) text.Append(Digits64[value >> 6 * d & 63]);
        }
        return text.ToString();
    }

    private static string Escaped(string password)
    {
        if (password.AsSpan().IndexOfAny("'\"\\\0") < 0) return password;
        var text = new StringBuilder(password.Length + 4);
        foreach (var c in password) text.Append(c switch { '\'' or '"' or '\\' => $"\\{c}", '\0' => "\\0", _ => c.ToString() });
        return text.ToString();
    }

    private enum Kind
    {
        None,
        Keyed,
        Bcrypt,
        Phpass,
        Plain,
    }
}
