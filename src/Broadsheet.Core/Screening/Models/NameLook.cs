namespace Broadsheet.Core.Screening.Models;

/// <summary>How a writer's name is made.</summary>
/// <param name="IsTrade">It has words of what is sold in comments.</param>
/// <param name="IsPhrase">It reads like a search phrase: three words and more none of which is a given name, or words that no name has.</param>
/// <param name="IsOfLink">A word of it stands in the writer's link, and no given name.</param>
/// <param name="IsRunTogether">Two capitalised names in one word.</param>
internal readonly record struct NameLook(bool IsTrade, bool IsPhrase, bool IsLower, bool HasDigits, bool IsDomain, bool IsGiven, bool IsInText, bool IsOfLink, bool IsRunTogether, NameKind Kind)
{
    public static NameLook Of(string written, PartWords name, CommentParts parts)
    {
        var words = name.Words.Count;
        var isLatin = written.Any(static c => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z');
        var isTrade = name.Count(Topic.Trade) > 0;
        var isGiven = words > 0 && (name.TopicOf(0) & Topic.Given) != Topic.None;
        var isDomain = written.Contains('.', StringComparison.Ordinal) && !written.Contains(' ', StringComparison.Ordinal) && written.LastIndexOf('.') is > 1 and var dot && written.Length - dot is >= 3 and <= 6;
        var isPhrase = isLatin && !isGiven && (words >= 4 || (words >= 2 && (isTrade || HasFunctionWord(name))) || (words == 3 && !written.Any(char.IsUpper)));
        var isLower = isLatin && !written.Any(char.IsUpper);
        var isOfLink = parts.Link is { } link && !isGiven && HasWordOf(name, link);
        var isInText = words >= 2 && parts.Text.Folded.Contains(name.Folded, StringComparison.Ordinal);
        var isRunTogether = words == 1 && written.Skip(1).Count(char.IsUpper) == 1 && written.Length > 6 && !written.Any(char.IsDigit);
        var kind = isDomain ? NameKind.Domain : isTrade ? (words > 1 ? NameKind.TradePhrase : NameKind.Trade) : isPhrase ? NameKind.Phrase : isRunTogether ? NameKind.RunTogether
            : isGiven ? (words == 1 ? NameKind.Given : NameKind.Full) : words >= 2 ? NameKind.Several : isLower ? NameKind.Handle : NameKind.Single;
        return new NameLook(isTrade, isPhrase, isLower, written.Any(char.IsDigit), isDomain, isGiven, isInText, isOfLink, isRunTogether, kind);
    }

    private static bool HasFunctionWord(PartWords name)
    {
        for (var i = 0; i < name.Words.Count; i++)
            if (name.Words[i].Length > 1 && (name.TopicOf(i) & Topic.Function) != Topic.None) return true;
        return false;
    }

    private static bool HasWordOf(PartWords name, LinkParts link)
    {
        for (var i = 0; i < name.Words.Count; i++)
            if (name.Words[i].Length > 3 && (link.Host.AsSpan().IndexOf(name.Word(i)) >= 0 || link.Path.AsSpan().IndexOf(name.Word(i)) >= 0)) return true;
        return false;
    }
}

internal enum NameKind
{
    None,
    Given,
    Full,
    Several,
    Single,
    Handle,
    RunTogether,
    Trade,
    TradePhrase,
    Phrase,
    Domain,
}
