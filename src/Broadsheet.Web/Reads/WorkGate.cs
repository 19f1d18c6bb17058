using Broadsheet.Core.Screening;

namespace Broadsheet.Web.Reads;

/// <summary>Gives out the sums that browsers work out, and takes each once: in this process. What was used is remembered for as long as it could come again.</summary>
internal sealed class WorkGate(ReplyTokens tokens, TimeProvider clock)
{
    /// <summary>From the asking to the comment; our script asks anew before.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromHours(1);

    /// <summary>As many as all networks together may send in that time; what comes beyond counts as used.</summary>
    private const int Most = 400_000;

    private readonly Lock _lock = new();
    private HashSet<long> _before = [];
    private HashSet<long> _spent = [];
    private DateTimeOffset _since;

    /// <summary>A form's token of now that carries a sum, bound to the article and so hard.</summary>
    public string Make(long articleId, int bits) => tokens.Make(articleId, clock.GetUtcNow(), bits);

    /// <summary>Looks at what came, and uses it up where it is right.</summary>
    /// <param name="solution">Empty for none.</param>
    public WorkState Take(string token, string solution, long articleId)
    {
        var now = clock.GetUtcNow();
        if (solution.Length == 0) return WorkState.Missing;
        if (tokens.Read(token, articleId, now) is not { Bits: > 0 } form || !WorkProof.IsSolved(token, solution, form.Bits)) return WorkState.Wrong;
        if (now - form.At > ValidFor) return WorkState.Late;
        lock (_lock)
        {
            // A token that comes from another process's clock may be some minutes ahead.
            if (now - _since > ValidFor + ReplyTokens.Ahead) (_before, _spent, _since) = (now - _since > 2 * (ValidFor + ReplyTokens.Ahead) ? [] : _spent, [], now);
            return !_before.Contains(form.Serial) && _spent.Count < Most && _spent.Add(form.Serial) ? WorkState.Solved : WorkState.Spent;
        }
    }
}
