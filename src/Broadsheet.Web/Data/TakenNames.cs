using Broadsheet.Core;

namespace Broadsheet.Web.Data;

/// <summary>A name was taken by somebody else between the look and the write: nothing was written.</summary>
internal sealed class NameTakenException() : Exception("The name was taken meanwhile.");

internal static class TakenNames
{
    /// <summary>Runs a write in which somebody takes a name. On PostgreSQL, two may take one at the same moment: the second is told as if a moment later.</summary>
    /// <param name="say">Makes the answer of what is wrong.</param>
    public static async Task<T> OrTakenAsync<T>(this IDatabaseEngine engine, Func<Task<T>> write, Func<Problem, T> say)
    {
        try
        {
            return await write();
        }
        catch (Exception problem) when (problem is NameTakenException || engine.IsUniqueViolation(problem))
        {
            return say(new Problem("name", "Someone has taken this name just now. Please choose another."));
        }
    }
}
