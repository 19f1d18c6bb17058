namespace Broadsheet.Core.Screening.Models;

/// <summary>Traits in words for a moderator.</summary>
internal static class TraitWords
{
    /// <returns>Null for what is no reason by itself, such as a usual length.</returns>
    public static string? Of(Trait trait, CommentParts parts)
    {
        var name = parts.WrittenName;
        var host = parts.Link?.Host ?? "";
        return trait switch
        {
            Trait.Praise => Quote("praise: ", parts.Text.Named(Topic.Praise, 6)),
            Trait.Meta => Quote("it speaks of the site itself: ", parts.Text.Named(Topic.Meta, 6)),
            Trait.Seo => Quote("words of search engine marketing: ", parts.Text.Named(Topic.Seo)),
            Trait.Earn => Quote("words of quick money: ", parts.Text.Named(Topic.Earn)),
            Trait.Loans => Quote("words of loans and insurance: ", parts.Text.Named(Topic.Loans)),
            Trait.Pharma => Quote("words of pills and diets: ", parts.Text.Named(Topic.Pharma)),
            Trait.Casino => Quote("words of gambling: ", parts.Text.Named(Topic.Casino)),
            Trait.Adult => Quote("words of pornography: ", parts.Text.Named(Topic.Adult)),
            Trait.Goods => Quote("words of shops: ", parts.Text.Named(Topic.Goods)),
            Trait.Services => Quote("words of services: ", parts.Text.Named(Topic.Services)),
            Trait.Crypto => Quote("words of trading and crypto money: ", parts.Text.Named(Topic.Crypto)),
            Trait.GenericShare or Trait.GenericAlone or Trait.PraiseShare => "most of it could stand under any article",
            Trait.Particular => "it names particulars",
            Trait.Function => "how many of its words are common ones",
            Trait.SecondPerson => "how often it says “you”",
            Trait.FirstPerson => "how often it says “I”",
            Trait.Question => "it asks",
            Trait.Reply => "it answers someone",
            Trait.Smiley => "it smiles",
            Trait.Code => "it has code",
            Trait.Repeats => "it says the same words again",
            Trait.Links or Trait.LinkShare => $"it has {parts.Plain.LinkCount} link{(parts.Plain.LinkCount == 1 ? "" : "s")}",
            Trait.BbCode => "its links are written as in other programs: [url]",
            Trait.Shouting => "it is written in capitals",
            Trait.Exclaiming => "exclamation marks",
            Trait.Money => "it names sums of money",
            Trait.Digits => "how many digits it has",
            Trait.MixedScripts => "letters of several scripts in one word",
            Trait.Unseen => "characters that leave no mark",
            Trait.Spintax => "left-over choices of a program, such as {great|good}",
            Trait.Styled => "letters of unusual style",
            Trait.Torn => "letters torn apart",
            Trait.Numbered => "names with numbers behind, as gambling sites have",
            Trait.LinkTextTrade => "a link named after something for sale",
            Trait.TextLinkDeep => "a link in the text whose address is about something for sale",
            Trait.NameTrade or Trait.NameTradePraise => $"the name is about something for sale: ‘{name}’",
            Trait.NamePhrase or Trait.NamePhrasePraise => $"the name reads like a search phrase: ‘{name}’",
            Trait.NameLower => $"the name is in small letters: ‘{name}’",
            Trait.NameDigits => $"the name has digits: ‘{name}’",
            Trait.NameDomain => $"the name is an address: ‘{name}’",
            Trait.NameGiven => $"the name begins with a given name: ‘{name}’",
            Trait.NameInText => $"the name stands in the text: ‘{name}’",
            Trait.NameOfLink => $"the name is made of the words of its link: ‘{name}’",
            Trait.NameRunTogether => $"the name is two words run together: ‘{name}’",
            Trait.NameRandom => $"the name looks like letters at random: ‘{name}’",
            Trait.UrlTrade or Trait.UrlTradePraise => $"the writer’s link is about something for sale: {host}",
            Trait.UrlDeep or Trait.UrlDeepPraise => $"the writer’s link goes to one page, not to a site: {host}",
            Trait.UrlQuery => "the writer’s link has a question mark",
            Trait.UrlHyphens => "the writer’s link has hyphens",
            Trait.UrlLong => "the writer’s link is long",
            Trait.UrlDigits => $"the writer’s link has digits: {host}",
            Trait.UrlBlog => $"the writer’s link is a blog: {host}",
            Trait.UrlBig or Trait.UrlBigPraise or Trait.UrlBare => $"the writer’s link is no place of theirs: {host}",
            Trait.UrlShortener => $"the writer’s link is a short one: {host}",
            Trait.UrlOddZone => $"the ending of the writer’s link: {host}",
            Trait.UrlCapitals => "the writer’s link has capitals",
            Trait.UrlRandom => $"the writer’s link looks like letters at random: {host}",
            _ => null,
        };
    }

    private static string? Quote(string what, string words) => words.Length == 0 ? null : $"{what}‘{words}’";
}
