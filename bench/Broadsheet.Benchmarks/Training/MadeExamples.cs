namespace Broadsheet.Benchmarks.Training;

/// <summary>Examples of our own making, for what the few real sources have too little of.</summary>
internal static class MadeExamples
{
    public const string Source = "made";

    public static IEnumerable<LabelledComment> Of(TemplateBook book, int spam, int ham)
    {
        for (var i = 0; i < spam; i++) yield return Spam(book);
        for (var i = 0; i < ham; i++) yield return Ham(book);
    }

    private static LabelledComment Spam(TemplateBook book)
    {
        var (keyword, url) = book.Begin();
        var kind = book.Next(100);
        var text = kind < 50 ? Sentences(book, "flattery", 1 + book.Next(3)) : kind < 60 ? Sentences(book, "flatteryother", 1 + book.Next(2)) : kind < 90 ? Sentences(book, "pitch", 1 + (book.Next(4) == 0 ? 1 : 0)) : Sentences(book, "nonsense", 1 + book.Next(2));
        if (kind < 60 && book.Next(6) == 0) text += $"\n\n{(book.Next(2) == 0 ? "My web page" : "Visit my site")} :: {keyword}";
        if (book.Next(10) == 0) text = text.ToUpperInvariant();
        var who = book.Next(10);
        var name = who < 5 ? Cased(book, keyword) : who < 7 ? book.Make("person") : who < 8 ? book.Word() : who < 9 ? new Uri(url).Host : Capital(book.Word()) + Capital(book.Word());
        var link = book.Next(8) == 0 ? $"http://www.{(book.Next(2) == 0 ? "google.com" : "facebook.com/profile.php?id=" + book.Next(99_999_999))}/" : url;
        return new LabelledComment(Source, text, name, link, IsSpam: true, 1);
    }

    private static LabelledComment Ham(TemplateBook book)
    {
        var text = Sentences(book, "ham", 1 + book.Next(3));
        var word = book.Word();
        string[] links = ["", "", $"http://{word}.wordpress.com/", $"http://www.{word}.org/", $"http://{word}.blogspot.com", $"https://{word}.net/blog/", $"http://{word}.de", $"http://twitter.com/{word}", $"http://www.{word}.com"];
        return new LabelledComment(Source, text, book.Make("person"), links[book.Next(links.Length)], IsSpam: false, 1);
    }

    private static string Sentences(TemplateBook book, string kind, int count) => string.Join(book.Next(4) == 0 ? "\n\n" : " ", Enumerable.Range(0, count).Select(_ => book.Make(kind)));

    private static string Cased(TemplateBook book, string keyword) => book.Next(3) switch
    {
        0 => keyword,
        1 => string.Join(' ', keyword.Split(' ').Select(Capital)),
        _ => string.Concat(keyword.Split(' ').Select(Capital)),
    };

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];
}
