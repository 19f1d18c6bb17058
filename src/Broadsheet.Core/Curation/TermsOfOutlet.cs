using Broadsheet.Core.Publishing;

namespace Broadsheet.Core.Curation;

/// <summary>What an outlet lets others show of its stories.</summary>
/// <param name="Kind">The kind of terms.</param>
/// <param name="Words">How many of the outlet's words an excerpt may hold; 0 for every other kind.</param>
public sealed record TermsOfOutlet(RepublishingTerms Kind, int Words)
{
    public const int DefaultWords = 60;
    public const int MaxWords = 2000;

    /// <summary>So long may an introduction beside a link be where the original's words are not known, and cannot be told from one's own.</summary>
    public const int IntroductionWords = 60;

    public static Outcome<TermsOfOutlet> Create(RepublishingTerms kind, int? words = null)
    {
        if (!Enum.IsDefined(kind)) return new Problem("terms", "Choose one of the republishing terms.");
        if (kind != RepublishingTerms.Excerpt) return new TermsOfOutlet(kind, 0);
        return words is null or (>= 1 and <= MaxWords) ? new TermsOfOutlet(kind, words ?? DefaultWords) : new Problem("words", $"An excerpt holds 1 to {MaxWords} words.");
    }

    /// <summary>How many of the outlet's words a draft may begin with: null means all, 0 none. What nobody has asked yet is a link.</summary>
    public int? MayHold => Kind switch
    {
        RepublishingTerms.FullText => null,
        RepublishingTerms.Excerpt => Words,
        _ => 0,
    };

    /// <summary>Whether anything of the outlet may stand here, if only a link.</summary>
    public bool MayRepublish => Kind != RepublishingTerms.Never;

    /// <summary>
    /// What is wrong with a body under these terms. One's own words are free: what counts is what stands in the original too, in runs of
    /// <see cref="CopiedWords.LeastRun"/> words and more. Where the original is not known, every word counts.
    /// </summary>
    /// <param name="body">Plain text.</param>
    /// <param name="original">Plain text; null when unknown.</param>
    /// <returns>Null when the terms allow it; else one sentence for the editor.</returns>
    public string? Breach(string body, string? original)
    {
        if (Kind == RepublishingTerms.Never) return "This outlet does not let others republish its stories.";
        if (Kind is RepublishingTerms.FullText or RepublishingTerms.Unknown) return null;
        var limit = Kind == RepublishingTerms.Excerpt ? Words : original is null ? IntroductionWords : 0;
        var count = original is null ? CopiedWords.CountAll(body) : CopiedWords.Count(body, original);
        if (count <= limit) return null;
        var of = original is null ? "words" : "of its words";
        return Kind == RepublishingTerms.Excerpt
            ? $"This outlet allows an excerpt of {Words} words, and the text holds {count} {of}."
            : original is null
                ? $"This outlet allows a link only, with an introduction of at most {IntroductionWords} words; the text holds {count}."
                : $"This outlet allows a link only, and the text holds {count} {of}.";
    }
}
