namespace Broadsheet.Core.Screening.Models;

/// <summary>Measures a comment's traits, each from 0 to about 1.</summary>
internal static class Traits
{
    private static readonly (Trait Trait, Topic Topic)[] Trades =
    [
        (Trait.Seo, Topic.Seo), (Trait.Earn, Topic.Earn), (Trait.Loans, Topic.Loans), (Trait.Pharma, Topic.Pharma), (Trait.Casino, Topic.Casino),
        (Trait.Adult, Topic.Adult), (Trait.Goods, Topic.Goods), (Trait.Services, Topic.Services), (Trait.Crypto, Topic.Crypto),
    ];

    private static readonly int[] LengthSteps = [20, 60, 150, 400, 1_000];

    public static void AddTo(FeatureWalk walk, CommentParts parts)
    {
        Add(walk, Trait.Bias, 0.5f);
        var generic = OfText(walk, parts);
        OfLook(walk, parts);
        var kind = parts.Name is { } name ? OfName(walk, parts, name, generic) : NameKind.None;
        var link = parts.Link is { } url ? OfUrl(walk, url, generic) : UrlKind.None;
        var step = (int)(generic * 4.99f);
        if (kind != NameKind.None && link != UrlKind.None) walk.Shape((int)kind, (int)link, 1);
        if (kind != NameKind.None) walk.Shape((int)kind, step, 2);
        if (link != UrlKind.None) walk.Shape((int)link, step, 3);
    }

    private static void Add(FeatureWalk walk, Trait trait, float value)
    {
        if (value > 0) walk.Add(new Feature(FeatureSlots.Of(trait), MathF.Min(1, value), FeatureKind.Trait, 0, 0));
    }

    private static float Grade(int count, int most) => MathF.Min(1, MathF.Log(1 + count) / MathF.Log(1 + most));

    /// <returns>How much of what is said could be said under any article, 0 to 1.</returns>
    private static float OfText(FeatureWalk walk, CommentParts parts)
    {
        var text = parts.Text;
        var words = text.Words.Count;
        var (function, praise, meta) = (text.Count(Topic.Function), text.Count(Topic.Praise), text.Count(Topic.Meta));
        foreach (var (trait, topic) in Trades) Add(walk, trait, Grade(text.Count(topic), 6));
        Add(walk, Trait.Praise, Grade(praise, 12));
        Add(walk, Trait.Meta, Grade(meta, 12));
        if (words == 0) return 0;
        var (telling, general) = (0, 0);
        for (var i = 0; i < words; i++)
        {
            var topic = text.TopicOf(i);
            if ((topic & (Topic.Generic | Topic.Praise | Topic.Meta)) != Topic.None) general++;
            if ((topic & Topic.Function) == Topic.None || (topic & (Topic.Praise | Topic.Meta)) != Topic.None) telling++;
        }
        var share = general / (telling + 1f);
        var particular = Particular(parts.Plain.Text);
        Add(walk, Trait.GenericShare, share);
        Add(walk, Trait.GenericAlone, MathF.Max(0, share - (0.15f * particular)));
        Add(walk, Trait.PraiseShare, (praise + meta) / (words + 1f));
        Add(walk, Trait.Particular, particular / 6f);
        Add(walk, Trait.Function, function / (words + 1f));
        var (second, first, repeats) = Persons(text);
        Add(walk, Trait.SecondPerson, second * 4f / (words + 8f));
        Add(walk, Trait.FirstPerson, first * 4f / (words + 8f));
        Add(walk, Trait.Repeats, repeats);
        return MathF.Min(1, share);
    }

    private static (int Second, int First, float Repeats) Persons(PartWords text)
    {
        var (second, first, repeated) = (0, 0, 0);
        var seen = new HashSet<ulong>();
        for (var i = 0; i < text.Words.Count; i++)
        {
            var word = text.Word(i);
            if (word is "you" or "your" or "you're" or "you've" or "yours") second++;
            else if (word is "i" or "my" or "me" or "i'm" or "i've" or "i'd") first++;
            if (word.Length > 3 && !seen.Add(Lexicon.Extend(0, word))) repeated++;
        }
        return (second, first, repeated / (text.Words.Count + 4f));
    }

    /// <summary>Words that name something: capitals within a sentence, and words with digits.</summary>
    private static int Particular(string text)
    {
        var count = 0;
        for (var at = 1; at + 1 < text.Length; at++)
        {
            if (text[at - 1] != ' ' || !(char.IsUpper(text[at]) || char.IsAsciiDigit(text[at])) || at < 2 || text[at - 2] is '.' or '!' or '?' or ':' or '\n' or ' ') continue;
            if (text[at] == 'I' && !char.IsLetterOrDigit(text[at + 1])) continue;
            if (text[at] == 'I' && text[at + 1] is '\'' or '’') continue;
            count++;
        }
        return count;
    }

    private static void OfLook(FeatureWalk walk, CommentParts parts)
    {
        var plain = parts.Plain;
        var look = TextLook.Of(plain.Text);
        Add(walk, Trait.Links, Grade(plain.LinkCount, 8));
        Add(walk, Trait.LinkShare, plain.LinkCount * 8f / (parts.Text.Words.Count + (plain.LinkCount * 8f) + 1));
        Add(walk, Trait.BbCode, plain.HasBbCode ? 1 : 0);
        if (look.Letters > 10 && (float)look.Capitals / look.Letters is > 0.3f and var shouting) Add(walk, Trait.Shouting, shouting);
        Add(walk, Trait.Exclaiming, Grade(look.Exclamations, 6));
        Add(walk, Trait.Question, Grade(look.Questions, 3));
        Add(walk, Trait.Money, Grade(look.MoneySigns, 4));
        Add(walk, Trait.Digits, look.Digits / (look.Letters + look.Digits + 10f));
        Add(walk, Trait.MixedScripts, Grade(look.MixedWords, 4));
        Add(walk, Trait.Styled, Grade(look.Styled, 8));
        Add(walk, Trait.Torn, look.Torn > 1 ? Grade(look.Torn, 6) : 0);
        Add(walk, Trait.Numbered, Grade(Numbered(parts.Text), 3));
        Add(walk, Trait.Unseen, Grade(look.Unseen, 4));
        Add(walk, Trait.Code, look.CodeMarks * 4f / (plain.Text.Length + 20f));
        Add(walk, Trait.Smiley, Grade(look.Smileys, 2));
        Add(walk, Trait.Spintax, look.Braces > 2 || plain.Text.Contains('%', StringComparison.Ordinal) ? TextLook.HasSpintax(plain.Text) ? 1 : 0 : 0);
        var trimmed = plain.Text.AsSpan().TrimStart();
        Add(walk, Trait.Reply, trimmed.StartsWith("@") || trimmed.StartsWith(">") ? 1 : 0);
        Add(walk, Trait.LinkTextTrade, plain.LinkTexts.Count > 0 && PartWords.Of(string.Join(' ', plain.LinkTexts)).Count(Topic.Trade) > 0 ? 1 : 0);
        Add(walk, Trait.TextLinkDeep, parts.Links.Skip(parts.Link is null ? 0 : 1).Any(l => (l.Topics & Topic.Trade) != Topic.None) ? 1 : 0);
        var step = 0;
        while (step < LengthSteps.Length && plain.Text.Length > LengthSteps[step]) step++;
        Add(walk, Trait.Length0 + step, 0.5f);
    }

    /// <summary>Names with two or three digits behind, as gambling sites have.</summary>
    private static int Numbered(PartWords text)
    {
        var count = 0;
        for (var i = 0; i < text.Words.Count; i++)
        {
            var word = text.Word(i);
            var letters = word.IndexOfAnyInRange('0', '9');
            if (letters >= 3 && word.Length - letters is 2 or 3 && !word[letters..].ContainsAnyExceptInRange('0', '9') && !word[..letters].ContainsAnyExceptInRange('a', 'z')) count++;
        }
        return count;
    }

    private static NameKind OfName(FeatureWalk walk, CommentParts parts, PartWords name, float generic)
    {
        var written = parts.WrittenName;
        var look = NameLook.Of(written, name, parts);
        Add(walk, Trait.NameTrade, look.IsTrade ? 1 : 0);
        Add(walk, Trait.NamePhrase, look.IsPhrase ? 1 : 0);
        Add(walk, Trait.NameLower, look.IsLower ? 1 : 0);
        Add(walk, Trait.NameDigits, look.HasDigits ? 1 : 0);
        Add(walk, Trait.NameDomain, look.IsDomain ? 1 : 0);
        Add(walk, Trait.NameGiven, look.IsGiven ? 1 : 0);
        Add(walk, Trait.NameInText, look.IsInText ? 1 : 0);
        Add(walk, Trait.NameOfLink, look.IsOfLink ? 1 : 0);
        Add(walk, Trait.NameRunTogether, look.IsRunTogether ? 1 : 0);
        Add(walk, Trait.NameRandom, RandomLetters.In(written) ? 1 : 0);
        Add(walk, Trait.NameTradePraise, look.IsTrade ? generic : 0);
        Add(walk, Trait.NamePhrasePraise, look.IsPhrase ? generic : 0);
        return look.Kind;
    }

    private static UrlKind OfUrl(FeatureWalk walk, LinkParts url, float generic)
    {
        var isTrade = (url.Topics & Topic.Trade) != Topic.None;
        var isDeep = url.Segments > 0;
        Add(walk, Trait.UrlTrade, isTrade ? 1 : 0);
        Add(walk, Trait.UrlDeep, Grade(url.Segments, 3));
        Add(walk, Trait.UrlQuery, url.HasQuery ? 1 : 0);
        Add(walk, Trait.UrlHyphens, Grade(url.Host.AsSpan().Count('-') + url.Path.AsSpan().Count('-'), 5));
        Add(walk, Trait.UrlLong, (url.Host.Length + url.Path.Length - 20) / 80f);
        Add(walk, Trait.UrlDigits, Grade(url.Host.Count(char.IsAsciiDigit), 4));
        Add(walk, Trait.UrlBlog, (url.Topics & Topic.BlogHost) != Topic.None ? 1 : 0);
        Add(walk, Trait.UrlBig, (url.Topics & Topic.BigHost) != Topic.None ? 1 : 0);
        Add(walk, Trait.UrlShortener, (url.Topics & Topic.Shortener) != Topic.None ? 1 : 0);
        Add(walk, Trait.UrlOddZone, (url.Topics & Topic.OddZone) != Topic.None ? 1 : 0);
        Add(walk, Trait.UrlCapitals, url.HasCapitals ? 1 : 0);
        Add(walk, Trait.UrlRandom, RandomLetters.In(url.Host) ? 1 : 0);
        Add(walk, Trait.UrlBare, (url.Topics & Topic.BigHost) != Topic.None && !isDeep ? 1 : 0);
        Add(walk, Trait.UrlDeepPraise, isDeep ? generic : 0);
        Add(walk, Trait.UrlTradePraise, isTrade ? generic : 0);
        Add(walk, Trait.UrlBigPraise, (url.Topics & Topic.BigHost) != Topic.None ? generic : 0);
        return (url.Topics & Topic.BigHost) != Topic.None ? UrlKind.Big : (url.Topics & Topic.Shortener) != Topic.None ? UrlKind.Shortener : (url.Topics & Topic.BlogHost) != Topic.None ? UrlKind.Blog
            : url.HasQuery ? UrlKind.Query : isTrade ? UrlKind.Trade : isDeep ? UrlKind.Deep : UrlKind.Home;
    }

    private enum UrlKind
    {
        None,
        Home,
        Deep,
        Query,
        Trade,
        Blog,
        Big,
        Shortener,
    }
}
