using System.Globalization;
using System.Security.Claims;
using Broadsheet.Core.People;

namespace Broadsheet.Web.Reads;

/// <summary>The signed-in person of a request, as the session says.</summary>
internal sealed record CurrentPerson(long Id, string Name, Role Role)
{
    /// <summary>The claim that carries the role's name.</summary>
    public const string RoleClaim = "role";

    /// <returns>Null for a guest.</returns>
    public static CurrentPerson? Of(HttpContext http)
    {
        if (http.User.Identity?.IsAuthenticated != true) return null;
        var id = http.User.FindFirstValue(ClaimTypes.NameIdentifier);
        return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Permissions.Parse(http.User.FindFirstValue(RoleClaim)) is { } role
            ? new CurrentPerson(number, http.User.FindFirstValue(ClaimTypes.Name) ?? "", role) : null;
    }
}
