using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Broadsheet.Web.Reads;

/// <summary>What a session that holds makes of a request's user. Made once for many requests: nothing in it changes.</summary>
internal sealed class SignedInPrincipal(CurrentPerson person) : ClaimsPrincipal(new ClaimsIdentity(
    // The forms' tokens are bound to this number.
    [new Claim(ClaimTypes.NameIdentifier, person.Id.ToString(CultureInfo.InvariantCulture)), new Claim(ClaimTypes.Name, person.Name)], CookieAuthenticationDefaults.AuthenticationScheme))
{
    public CurrentPerson Person => person;
}
