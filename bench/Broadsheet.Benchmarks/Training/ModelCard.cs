using System.Globalization;
using Broadsheet.Core.Screening.Models;

namespace Broadsheet.Benchmarks.Training;

/// <summary>The page beside a model file: from what, how good, how not to use it.</summary>
internal static class ModelCard
{
    private const string Common = """

        It is a logistic regression over 262,144 hashed slots (n-grams of four characters, words and pairs of words, of the text, the name and links) and about 60
        traits of the whole, described in `src/Broadsheet.Core/Screening/Models/`. The data is not in the repository. Made, file and page, by
        `dotnet run -c Release --project bench/Broadsheet.Benchmarks -- train-models --data DIR`: the same file from the same data.

        """;

    public static string OfSpam(CrossSource.Result result, CrossSource.Result withoutMade, string online, int examples) => string.Create(CultureInfo.InvariantCulture, $"""
        # models/spam.model
        Says how much a comment looks like spam, from its text, the writer's name and link alone.
        {Common}
        ## From what
        {examples:N0} examples: comments of seventeen WordPress blogs and two static ones, labelled by what their owners did with them; two sets' pending
        comments and one whole blog's approved spam labelled by hand; comments of YouTube and of Telegram groups, SMS, Indonesian comments (with little weight); entries of a
        published block list; and 13,000 comments of our own making (`bench/Broadsheet.Benchmarks/Training/templates.txt`), spam of the usual kinds and
        ordinary comments that name a particular. Copies without name and link, of both classes, keep a missing field from saying anything. Pings, and all
        other fields (address, network, agent, time), were never seen. The sets carry licences of their own (CC BY 4.0, MIT, or none stated); no text of
        theirs is in the file, which holds one number for each slot.

        ## How good
        Each blog scored by a model trained on everything else:

        {CrossSource.Table(result)}
        The same trained without our own examples (the entries of the block list still come with sentences of ours), with the same traits: AUC {withoutMade.Pooled.Auc:0.000},
        {withoutMade.Pooled.RecallAt1:0.000} caught at 1 %, {withoutMade.Pooled.RecallAt01:0.000} at 0.1 %.
        Act from a score of {result.Threshold:0.00}: a hundredth of the wanted comments above reached it.

        Learning from each decision, over all comments after the first hundred:

        {online}
        Until 2026-11-28 our own sentences kept close to the wording of well-known spam, and the figures of all together were AUC 0.995, 0.909 caught at 1 %, 0.557 at 0.1 %.
        They were then written anew, in words of our own; the old ones shared sentences with the spam that they were measured on.

        The figures flatter. Nearly all this spam is of two blogs, of 2011 to 2016 and in English; the wanted comments were approved by owners who let
        spam through (about a dozen of those that score highest are plainly spam, and count as false positives); whoever wrote our own examples had read these sets; and the
        few settings were chosen on them.

        ## How not to use it
        Not as the only judge: it advises, holds, or acts where a publication has watched its opinions first. Not to rank people. It knows little of
        languages other than English, German, French, Spanish, Indonesian, Russian and Chinese, and little of what spam sells after 2024. Short thanks by a
        reader whose link is a shop look like spam to it, and a text about nothing for sale, with an innocent name, does not.

        """);

    public static string OfToxicity(CrossSource.Result result, string groups, int examples) => string.Create(CultureInfo.InvariantCulture, $"""
        # models/toxicity.model
        Says how much a comment looks like an insult, a threat or hate.
        {Common}
        ## From what
        {examples:N0} examples: tweets (Davidson and others, 2017, MIT; OLID, 2019), 1,000 comments of YouTube, a hundred of Wikipedia's talk pages, wanted comments of blogs, and sentences
        of our own that name groups of people and are harmless. Only the text is seen.

        ## How good
        Each set scored by a model trained on the others:

        {CrossSource.Table(result)}
        What the sets call toxic differs: Davidson's tweets were gathered by offensive words, and most of them are meant as jokes among friends.

        ## Groups of people
        Harmless sentences that name a group, of a form that training had not seen, fourteen for each; how many of a hundred reach a score of 0.5, and the score to act on ({result.Threshold:0.00}):

        {groups}
        ## How not to use it
        It reads words, not meaning: it does not know irony, quotation or who speaks to whom. It is for English. Let it advise or hold, never remove; look at what it
        says of those who write about their own group, and teach it when it is wrong.

        """);
}
