namespace Broadsheet.Core.Screening;

/// <summary>What the database knows, loaded once before the checks so that they stay pure.</summary>
/// <param name="ShownBefore">Comments of this person, or of this name with this address, that readers see.</param>
public sealed record ScreeningFacts(int ShownBefore, ScreeningRules Rules)
{
    public WriterHistory History { get; init; }

    /// <summary>What a moderator said of the person who writes.</summary>
    public CommenterTrust Trust { get; init; }

    /// <summary>Those in force that match the writer.</summary>
    public IReadOnlyList<BanMatch> Bans { get; init; } = [];

    /// <summary>Comments of the last <see cref="WriterHistory.Recent"/> with the same words, or nearly; the newest first, at most <see cref="EarlierCopy.Most"/>.</summary>
    public IReadOnlyList<EarlierCopy> Copies { get; init; } = [];

    /// <summary>Comments that came from the writer's network within a minute, this one among them; 0 where nobody counts.</summary>
    public int FromNetwork { get; init; }

    /// <summary>Comments that strangers sent into this discussion within a minute, this one among them; 0 where nobody counts.</summary>
    public int IntoThread { get; init; }

    /// <summary>Comments that this newcomer sent within an hour, this one among them; 0 where nobody counts.</summary>
    public int WithinHour { get; init; }

    /// <summary>What the comment brought of the sum that its writer's browser works out.</summary>
    public WorkState Work { get; init; }

    /// <summary>Newcomers send more than the publication takes for usual, or did until a moment ago.</summary>
    public bool IsUnderAttack { get; init; }

    /// <summary>Of one who is not on the staff.</summary>
    public WriterLevel Level => IsTrusted ? WriterLevel.Trusted : ShownBefore >= Math.Max(1, Rules.FirstComments) ? WriterLevel.Known : WriterLevel.Newcomer;

    public bool IsNewcomer => Level == WriterLevel.Newcomer;

    /// <summary>By a moderator's word, or by a record of shown comments without a rejection.</summary>
    public bool IsTrusted => Trust == CommenterTrust.Trusted || (Trust == CommenterTrust.Usual && Rules.TrustAfter > 0 && History.Shown >= Rules.TrustAfter && History.Rejected == 0);
}

/// <summary>An earlier comment with the same words, or nearly.</summary>
/// <param name="IsOwn">Of the same writer.</param>
/// <param name="IsRejected">It lies in the spam or in the trash.</param>
public sealed record EarlierCopy(long CommentId, bool IsOwn, bool IsRejected)
{
    public const int Most = 25;
}
