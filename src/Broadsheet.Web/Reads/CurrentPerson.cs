using Broadsheet.Core.People;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Reads;

/// <summary>The signed-in person of a request, as the database says (up to a minute ago).</summary>
/// <param name="Way">How they signed in.</param>
/// <param name="SessionId">Of this browser; 0 for a program, which has none.</param>
/// <param name="SignedInAt">In this browser.</param>
/// <param name="HasTwoSteps">Their account asks for a second step.</param>
/// <param name="HasBothSteps">Both were taken in this browser.</param>
internal sealed record CurrentPerson(long Id, string Name, Role Role, SignInWay Way, long SessionId, DateTimeOffset SignedInAt, bool HasTwoSteps, bool HasBothSteps)
{
    /// <summary>How long a sign-in counts as having just proven who one is.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>Not a browser: it has signed this request with an application password.</summary>
    public bool IsProgram => Way == SignInWay.Application;

    /// <summary>They proved a moment ago who they are, by both steps where their account has two.</summary>
    public bool IsFresh(DateTimeOffset now) => now - SignedInAt < Fresh && (!HasTwoSteps || HasBothSteps);

    /// <summary>A step is missing in this browser: their account asks for two, or the publication does of its staff.</summary>
    public bool LacksStep(Publication publication) => !HasBothSteps && (HasTwoSteps || (Role.IsStaff() && publication.StaffNeedTwoSteps));

    /// <summary>What their role includes, as far as it is in effect in this browser: with a step missing, nothing is.</summary>
    public bool May(Permission permission, Publication publication) => Role.May(permission) && !LacksStep(publication);

    /// <returns>Null for a guest.</returns>
    public static CurrentPerson? Of(HttpContext http) => (http.User as SignedInPrincipal)?.Person;
}
