namespace Broadsheet.Web.Data.Records;

/// <summary>Someone asked for a mail that signs in to (or begins) the account of an address. What the mail carries is sealed, and not here.</summary>
internal sealed class SignInRequest
{
    public long Id { get; set; }

    /// <summary>As it was given.</summary>
    public string Email { get; set; } = "";
    public string EmailFolded { get; set; } = "";

    /// <summary>Scheme and host by which its reader reached us.</summary>
    public string Origin { get; set; } = "";

    /// <summary>Where they came from: a path, or empty.</summary>
    public string ReturnUrl { get; set; } = "";
    public DateTimeOffset AskedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>Codes that were typed, right or wrong.</summary>
    public int Tries { get; set; }
}
