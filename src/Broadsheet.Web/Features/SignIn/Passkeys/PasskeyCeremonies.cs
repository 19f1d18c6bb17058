using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Broadsheet.Web.Features.SignIn.Passkeys;

/// <summary>
/// The two ceremonies of WebAuthn, by ASP.NET Core Identity's handler: making a passkey, and signing in with one. A challenge is bound to the browser that asked for
/// it, by a sealed cookie of a few minutes; that it is used once, the ledger sees to.
/// </summary>
internal sealed class PasskeyCeremonies(PasskeyReader reader, PublicAddress address, PublicationStore publications, IDataProtectionProvider protection, TimeProvider clock)
{
    public const int LongestAnswer = 100_000;

    private const string CookieName = ".broadsheet.challenge";

    /// <summary>Of authenticator data (WebAuthn §6.1): after the 32 bytes of the address's hash, the flags; this one says that the owner was recognised.</summary>
    private const int FlagsAt = 32;
    private const byte UserVerified = 0x04;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _makes = protection.CreateProtector("passkey-make");
    private readonly IDataProtector _uses = protection.CreateProtector("passkey-use");

    /// <returns>Options for <c>navigator.credentials.create</c>, as JSON.</returns>
    public async Task<string> OptionsToMakeAsync(HttpContext http, Person person)
    {
        using var people = People();
        var name = person.Email is { Length: > 0 } email ? email : person.DisplayName;
        var made = await Handler(http, people).MakeCreationOptionsAsync(new PasskeyUserEntity { Id = person.Id.ToString(CultureInfo.InvariantCulture), Name = name, DisplayName = person.DisplayName }, http);
        Remember(http, _makes, made.AttestationState ?? "");
        var options = JsonNode.Parse(made.CreationOptionsJson)!;
        options["rp"]!["name"] = (await publications.GetAsync(http.RequestAborted)).Title;
        return options.ToJsonString();
    }

    /// <returns>Options for <c>navigator.credentials.get</c>, as JSON: whoever has a passkey here.</returns>
    public async Task<string> OptionsToUseAsync(HttpContext http)
    {
        using var people = People();
        var made = await Handler(http, people).MakeRequestOptionsAsync(null, http);
        Remember(http, _uses, made.AssertionState ?? "");
        return made.RequestOptionsJson;
    }

    /// <summary>Looks at what a browser made.</summary>
    /// <returns>Null where it is not what was asked for, not from here, or too late.</returns>
    public async Task<(UserPasskeyInfo Made, SpentChallenge Challenge)?> MadeAsync(HttpContext http, Person person, string answer)
    {
        if (Take(http, _makes) is not { } asked || answer.Length is 0 or > LongestAnswer) return null;
        using var people = People();
        var result = await Handler(http, people).PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = answer, AttestationState = asked.State });
        return result.Succeeded && result.UserEntity.Id == person.Id.ToString(CultureInfo.InvariantCulture) ? (result.Passkey, asked.Challenge) : null;
    }

    /// <summary>Looks at what a passkey signed.</summary>
    /// <returns>Null where it is not what was asked for, not from here, too late, or of no passkey that is known.</returns>
    public async Task<(UserPasskeyInfo Used, bool IsUserVerified, SpentChallenge Challenge)?> UsedAsync(HttpContext http, string answer)
    {
        if (Take(http, _uses) is not { } asked || answer.Length is 0 or > LongestAnswer) return null;
        using var people = People();
        var result = await Handler(http, people).PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = answer, AssertionState = asked.State });
        return result.Succeeded ? (result.Passkey, IsUserVerified(answer), asked.Challenge) : null;
    }

    /// <summary>The handler says it of the making only. What was signed may be read again: it is true.</summary>
    private static bool IsUserVerified(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        var data = Base64Url.DecodeFromChars(json.RootElement.GetProperty("response").GetProperty("authenticatorData").GetString());
        return data.Length > FlagsAt && (data[FlagsAt] & UserVerified) != 0;
    }

    private UserManager<Person> People() => new(reader, null!, null!, [], [], null!, null!, null!, null!);

    private PasskeyHandler<Person> Handler(HttpContext http, UserManager<Person> people) => new(people, Options.Create(new IdentityPasskeyOptions
    {
        ServerDomain = new Uri(address.Of(http.Request)).Host,
        AuthenticatorTimeout = Lifetime,
        // Found by the browser without a name being typed.
        ResidentKeyRequirement = "required",
        // So that a passkey is both steps wherever its device can recognise its owner.
        UserVerificationRequirement = "preferred",
        ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && IsOwn(http, context.Origin)),
    }));

    /// <summary>The same host and port. Whether it is https, the browser sees to: without, there are passkeys on one's own machine only.</summary>
    private bool IsOwn(HttpContext http, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, new Uri(address.Of(http.Request)).Authority, StringComparison.OrdinalIgnoreCase);

    private void Remember(HttpContext http, IDataProtector protector, string state) =>
        http.Response.Cookies.Append(CookieName, protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{(clock.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds()} {state}")), Cookie(http, Lifetime));

    /// <summary>Whatever comes of it, this browser has it no more.</summary>
    private (string State, SpentChallenge Challenge)? Take(HttpContext http, IDataProtector protector)
    {
        http.Response.Cookies.Delete(CookieName, Cookie(http, null));
        if (http.Request.Cookies[CookieName] is not { Length: > 0 and < 4_000 } cookie) return null;
        try
        {
            var opened = protector.Unprotect(cookie);
            var space = opened.IndexOf(' ', StringComparison.Ordinal);
            var until = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(opened.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture));
            return until < clock.GetUtcNow() ? null : (opened[(space + 1)..], new SpentChallenge { Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(opened))), ExpiresAt = until });
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Cookie(HttpContext http, TimeSpan? lifetime) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/account", MaxAge = lifetime };
}
