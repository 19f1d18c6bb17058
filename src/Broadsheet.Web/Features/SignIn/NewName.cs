using Broadsheet.Core;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Features.SignIn;

/// <summary>Somebody new takes a name.</summary>
internal static class NewName
{
    /// <summary>On PostgreSQL, two may take one name at the same moment: the second is told as if a moment later.</summary>
    public static async Task<Outcome<Person>> OrTakenAsync(IDatabaseEngine engine, Func<Task<Outcome<Person>>> add)
    {
        try
        {
            return await add();
        }
        catch (Exception problem) when (problem is NameTakenException || engine.IsUniqueViolation(problem))
        {
            return new Problem("name", "Someone has taken this name just now. Please choose another.");
        }
    }
}
