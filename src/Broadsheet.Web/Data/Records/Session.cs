namespace Broadsheet.Web.Data.Records;

/// <summary>One browser in which somebody is, or was, signed in. The cookie there has the number and a secret; only the secret's hash is here.</summary>
internal sealed class Session
{
    public long Id { get; set; }
    public long PersonId { get; set; }

    /// <summary>SHA-256 of the secret, in hexadecimal.</summary>
    public string Hash { get; set; } = "";
    public DateTimeOffset BeganAt { get; set; }

    /// <summary>Up to an hour behind.</summary>
    public DateTimeOffset SeenAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How they signed in: <c>password</c>, <c>mail</c>, <c>link</c>, <c>passkey</c>, or a provider's key.</summary>
    public string Way { get; set; } = "";

    /// <summary>The way's name at that time, for people.</summary>
    public string WayLabel { get; set; } = "";

    /// <summary>By an app's code after the first, or by a passkey that has recognised its owner.</summary>
    public bool HasBothSteps { get; set; }

    /// <summary>At the sign-in; null where it was erased.</summary>
    public string? UserAgent { get; set; }

    /// <summary>The network address at the sign-in; null where it was erased.</summary>
    public string? Address { get; set; }
}
