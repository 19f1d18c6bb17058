namespace Broadsheet.Benchmarks.Training;

/// <summary>Examples of our own making, for what the few real sources have too little of.</summary>
internal static class MadeExamples
{
    public const string Source = "made";

    private const float Weight = 0.8f;

    public static IEnumerable<LabelledComment> Of(TemplateBook book, int spam, int ham)
    {
        for (var i = 0; i < spam; i++) yield return Spam(book);
        for (var i = 0; i < ham; i++) yield return Ham(book);
    }

    private static readonly string[] Homes = ["google.com", "yahoo.com", "bing.com", "facebook.com/profile.php?id=100200300", "youtube.com", "twitter.com/home", "wikipedia.org"];

    private static LabelledComment Spam(TemplateBook book)
    {
        var (keyword, url) = book.Begin();
        var kind = book.Next(100);
        var text = kind < 50 ? Sentences(book, "flattery", 1 + book.Next(3)) : kind < 60 ? Sentences(book, "flatteryother", 1 + book.Next(2)) : kind < 90 ? Sentences(book, "pitch", 1 + (book.Next(4) == 0 ? 1 : 0)) : Sentences(book, "nonsense", 1 + book.Next(2));
        if (kind < 60 && book.Next(6) == 0) text += $"\n\n{(book.Next(2) == 0 ? "Our offers" : "More about it")}: {keyword}";
        if (book.Next(10) == 0) text = text.ToUpperInvariant();
        else if (book.Next(15) == 0) text = Styled(text);
        else if (kind < 50 && book.Next(5) == 0) text = Scrambled(book, text);
        var who = book.Next(10);
        var name = who < 5 ? Cased(book, keyword) : who < 7 ? book.Make("person") : who < 8 ? book.Word() : who < 9 ? new Uri(url).Host : book.Next(3) == 0 ? Random(book) : Capital(book.Word()) + Capital(book.Word());
        var link = book.Next(8) == 0 ? $"http://www.{Homes[book.Next(Homes.Length)]}/" : url;
        return new LabelledComment(Source, text, name, link, IsSpam: true, Weight);
    }

    private static LabelledComment Ham(TemplateBook book)
    {
        var text = Sentences(book, "ham", 1 + book.Next(3));
        var word = book.Word();
        string[] links = ["", "", $"http://{word}.wordpress.com/", $"http://www.{word}.org/", $"http://{word}.blogspot.com", $"https://{word}.net/blog/", $"http://{word}.de", $"http://twitter.com/{word}", $"http://www.{word}.com"];
        return new LabelledComment(Source, text, book.Make("person"), links[book.Next(links.Length)], IsSpam: false, Weight);
    }

    private static string Sentences(TemplateBook book, string kind, int count) => string.Join(book.Next(4) == 0 ? "\n\n" : " ", Enumerable.Range(0, count).Select(_ => book.Make(kind)));

    // Some programs turn letters round to be new each time.
    private static string Scrambled(TemplateBook book, string text)
    {
        var letters = text.ToCharArray();
        for (var i = 1; i + 2 < letters.Length; i++)
            if (char.IsAsciiLetterLower(letters[i - 1]) && char.IsAsciiLetterLower(letters[i]) && char.IsAsciiLetterLower(letters[i + 1]) && book.Next(12) == 0) (letters[i], letters[i + 1]) = (letters[i + 1], letters[i]);
        return new string(letters);
    }

    // Letters out of mathematics stand out, and get by a plain list.
    private static string Styled(string text) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? char.ConvertFromUtf32(0x1D5D4 + c - 'A') : char.IsAsciiLetterLower(c) ? char.ConvertFromUtf32(0x1D5EE + c - 'a') : c.ToString()));

    private static string Random(TemplateBook book) => string.Concat(Enumerable.Range(0, 8 + book.Next(6)).Select(_ => (char)((book.Next(2) == 0 ? 'a' : 'A') + book.Next(26))));

    private static string Cased(TemplateBook book, string keyword) => book.Next(3) switch
    {
        0 => keyword,
        1 => string.Join(' ', keyword.Split(' ').Select(Capital)),
        _ => string.Concat(keyword.Split(' ').Select(Capital)),
    };

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];
}
