namespace Broadsheet.Core.Screening.Models;

/// <summary>What can be said of a comment as a whole. The numbers are stored in model files: new ones are added at the end of their group's gap, none is used again.</summary>
internal enum Trait
{
    Bias = 0,

    // Of the words.
    Praise = 1,
    Meta = 2,
    Seo = 3,
    Earn = 4,
    Loans = 5,
    Pharma = 6,
    Casino = 7,
    Adult = 8,
    Goods = 9,
    Services = 10,
    Crypto = 11,
    GenericShare = 12,
    GenericAlone = 13,
    Particular = 14,
    Function = 15,
    SecondPerson = 16,
    FirstPerson = 17,
    Question = 18,
    Reply = 19,
    Smiley = 20,
    Code = 21,
    PraiseShare = 22,
    Repeats = 23,

    // Of the way it is written.
    Links = 30,
    LinkShare = 31,
    BbCode = 32,
    Shouting = 33,
    Exclaiming = 34,
    Money = 35,
    Digits = 36,
    MixedScripts = 37,
    Unseen = 38,
    Spintax = 39,
    LinkTextTrade = 40,
    TextLinkDeep = 41,

    // Of the name, where there is one.
    NameTrade = 50,
    NamePhrase = 51,
    NameLower = 52,
    NameDigits = 53,
    NameDomain = 54,
    NameGiven = 55,
    NameInText = 56,
    NameOfLink = 57,
    NameTradePraise = 58,
    NamePhrasePraise = 59,
    NameRunTogether = 60,

    // Of the writer's link, where there is one.
    UrlTrade = 65,
    UrlDeep = 66,
    UrlQuery = 67,
    UrlHyphens = 68,
    UrlLong = 69,
    UrlDigits = 70,
    UrlBlog = 71,
    UrlBig = 72,
    UrlShortener = 73,
    UrlOddZone = 74,
    UrlDeepPraise = 75,
    UrlTradePraise = 76,
    UrlBigPraise = 77,
    UrlCapitals = 78,

    // How long it is: exactly one of them.
    Length0 = 85,
    Length1 = 86,
    Length2 = 87,
    Length3 = 88,
    Length4 = 89,
    Length5 = 90,
}
