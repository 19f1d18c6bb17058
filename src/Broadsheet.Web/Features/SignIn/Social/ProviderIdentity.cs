namespace Broadsheet.Web.Features.SignIn.Social;

/// <summary>Who somebody is at a provider, as far as it said.</summary>
/// <param name="Subject">Stays the same there whatever else changes.</param>
/// <param name="Name">May be empty.</param>
/// <param name="Email">Null where it gave none.</param>
/// <param name="IsVerified">The provider says that the address is theirs. Anything less is no proof.</param>
/// <param name="Picture">An https address; null for none.</param>
/// <param name="Profile">Their page there; null for none.</param>
internal sealed record ProviderIdentity(string Subject, string Name, string? Email, bool IsVerified, string? Picture, string? Profile);
