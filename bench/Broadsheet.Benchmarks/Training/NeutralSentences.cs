namespace Broadsheet.Benchmarks.Training;

/// <summary>
/// Sentences that name groups of people and say nothing bad of anyone. Training sees one half of the sentences, with all groups but
/// <see cref="UnseenGroups"/>; the false positives are counted on the other half, with all groups.
/// </summary>
internal static class NeutralSentences
{
    public const string Source = "neutral";

    public static readonly string[] Groups =
    [
        "gay", "lesbian", "bisexual", "transgender", "queer", "straight", "Muslim", "Jewish", "Christian", "Hindu", "Buddhist", "atheist", "black", "white", "Asian", "Latino", "Mexican", "Chinese", "Arab", "African",
        "Indian", "Turkish", "Polish", "disabled", "blind", "deaf", "autistic", "old", "young", "an immigrant", "a refugee", "a woman", "a man", "Roma", "Native American",
    ];

    /// <summary>Groups that no counter-example names.</summary>
    public static readonly string[] UnseenGroups = ["bisexual", "Hindu", "Mexican", "Turkish", "deaf", "a refugee", "Roma"];

    private static readonly string[] Taught =
    [
        "My brother is {0} and he plays the cello.", "I grew up {0} in a small town.", "She told us that she is {0}.", "Being {0} never kept him from sailing.", "Our new colleague is {0}, she starts on Monday.",
        "As someone who is {0}, I liked this article.", "He has been {0} all his life.", "Are there many {0} people in your choir?", "The survey asked whether you are {0}.", "I am {0}.", "People who are {0} pay the same fare.",
        "They are {0} and they run the bakery.", "A study of {0} voters was published last week.", "The film is about a {0} family in Lyon.", "You can be {0} and love football.", "The {0} community held a fair in the park.",
        "We are {0}, and we live by the river.", "Thank you for writing about {0} history.",
    ];

    private static readonly string[] Kept =
    [
        "I am {0} and I teach maths.", "My neighbour is {0}.", "My best friend is {0} and she bakes bread.", "The mayor, who is {0}, opened the library.", "When I said that I am {0}, nobody minded.", "Many {0} readers wrote to us about the bridge.",
        "Is your doctor {0}?", "The council asked {0} residents for their view.", "Her parents are {0} and came here in 1970.", "He wrote a book about {0} musicians.", "I met a {0} student on the train.", "Most of the team is {0}.",
        "The {0} club meets on Thursdays.", "What is it like to be {0} in this city?",
    ];

    public static IEnumerable<LabelledComment> ForTraining(float weight) =>
        from sentence in Taught from one in Groups where !UnseenGroups.Contains(one) select Comment(sentence, one, weight);

    public static IEnumerable<(string Group, LabelledComment Comment)> ForMeasuring() => from one in Groups from sentence in Kept select (one, Comment(sentence, one, 1));

    private static LabelledComment Comment(string sentence, string one, float weight) => new(Source, string.Format(System.Globalization.CultureInfo.InvariantCulture, sentence, one), "", "", IsSpam: false, weight);
}
