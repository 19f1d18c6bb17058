using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Reads;

/// <summary>Gives out the sums that browsers work out, and takes each once. What was used is remembered for as long as it could come again.</summary>
internal sealed class WorkGate(ReplyTokens tokens, ISharedCounts counts, TimeProvider clock)
{
    /// <summary>From the asking to the comment; our script asks anew before.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromHours(1);

    /// <summary>A form's token of now that carries a sum, bound to the article and so hard.</summary>
    public string Make(long articleId, int bits) => tokens.Make(articleId, clock.GetUtcNow(), bits);

    /// <summary>Looks at what came, and uses it up where it is right.</summary>
    /// <param name="solution">Empty for none.</param>
    public async ValueTask<WorkState> TakeAsync(string token, string solution, long articleId)
    {
        var now = clock.GetUtcNow();
        if (solution.Length == 0) return WorkState.Missing;
        if (tokens.Read(token, articleId, now) is not { Bits: > 0 } form || !WorkProof.IsSolved(token, solution, form.Bits)) return WorkState.Wrong;
        if (now - form.At > ValidFor) return WorkState.Late;
        // A token that comes from another process's clock may be some minutes ahead.
        return await counts.SpendAsync("sums", form.Serial, ValidFor + ReplyTokens.Ahead) ? WorkState.Solved : WorkState.Spent;
    }
}
