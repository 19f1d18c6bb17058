namespace Broadsheet.Web.Data;

/// <summary>
/// Passwords that are guessed first: made of the person's own name or address, of the publication's title, or of a word that half the world takes, with no more
/// than a year or a sign beside it; rows of keys; one character again and again. No rule about kinds of characters. It is no list of passwords that were stolen.
/// </summary>
internal static class GuessablePasswords
{
    /// <summary>What must be left beside such words: longer than a year.</summary>
    private const int LeastLeft = 5;

    private const int ShortestWord = 3;
    private const int FewestCharacters = 4;

    private static readonly string[] Common =
    [
        "broadsheet", "password", "passwort", "passwd", "motdepasse", "contrasena", "kennwort", "administrator", "admin", "letmein", "welcome", "willkommen", "bienvenue", "iloveyou", "changeme", "default", "secret", "hello", "hallo",
        "login", "signin", "guest", "master", "monkey", "dragon", "football", "fussball", "baseball", "basketball", "soccer", "hockey", "sunshine", "princess", "superman", "batman", "starwars", "pokemon", "shadow", "whatever", "trustno1",
        "computer", "internet", "google", "facebook", "samsung", "wordpress", "editor", "author", "moderator", "summer", "winter", "spring", "autumn", "sommer", "monday", "friday", "january", "december", "liverpool", "arsenal", "chelsea",
        "charlie", "michael", "jessica", "ashley", "daniel", "jordan", "thomas", "andrew", "test", "user", "root", "pass", "love",
    ];

    private static readonly string[] Rows =
        [.. new[] { "01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm" }.SelectMany(r => new[] { r, string.Concat(r.Reverse()) })];

    /// <summary>From the longest, so that none hides in another.</summary>
    private static readonly string[] Words = [.. Common.Concat(["qwertyuiop", "qwerty", "qwertz", "azerty", "asdfgh", "zxcvbn", "1q2w3e4r", "1qaz2wsx", "123456789", "12345678", "1234567", "123456", "12345", "abcdef", "abcd"]).OrderByDescending(w => w.Length)];

    /// <param name="own">The person's name and address, the publication's title.</param>
    public static bool IsOne(string password, IEnumerable<string> own)
    {
        if (password.Distinct().Count() < FewestCharacters) return true;
        var plain = Plain(password);
        List<string> words = [.. WordsOf(own), .. Words];
        return IsMade(plain, words) || IsMade(Spelt(plain), words);
    }

    private static bool IsMade(string plain, List<string> words)
    {
        // Nothing here knows better of signs and spaces only.
        if (plain.Length == 0) return false;
        if (Rows.Any(r => r.Contains(plain, StringComparison.Ordinal))) return true;
        var left = words.Aggregate(plain, (rest, word) => rest.Replace(word, "", StringComparison.Ordinal));
        return left.Length < plain.Length && left.Length < LeastLeft;
    }

    private static IEnumerable<string> WordsOf(IEnumerable<string> own) => own
        .SelectMany(o => o.Split([' ', '@', '.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries).Append(o).Append(o.Split('@')[0]))
        .Select(Plain).Where(w => w.Length >= ShortestWord).Distinct(StringComparer.Ordinal).OrderByDescending(w => w.Length);

    /// <summary>Small letters and digits alone, with the usual signs read as the letters that they stand for.</summary>
    private static string Plain(string text) => string.Concat(text.ToLowerInvariant().Select(c => c switch { '@' => 'a', '$' => 's', '!' => 'i', _ => c }).Where(char.IsLetterOrDigit));

    /// <summary>A digit between letters read as one.</summary>
    private static string Spelt(string plain) => string.Concat(plain.Select((c, i) => i == 0 || i == plain.Length - 1 || !char.IsLetter(plain[i - 1]) || !char.IsLetter(plain[i + 1]) ? c : c switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', _ => c }));
}
