namespace Broadsheet.Web.Data.Records;

/// <summary>A passkey (WebAuthn): what signs in here without a word that could be given away. The private half never leaves its device.</summary>
internal sealed class Passkey
{
    public long Id { get; set; }
    public long PersonId { get; set; }

    /// <summary>As its owner calls it.</summary>
    public string Name { get; set; } = "";
    public byte[] CredentialId { get; set; } = [];

    /// <summary>COSE.</summary>
    public byte[] PublicKey { get; set; } = [];
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>Grows with each use, on devices that count; 0 on others.</summary>
    public long SignCount { get; set; }

    /// <summary>How a browser reaches it, with commas, such as <c>internal,hybrid</c>.</summary>
    public string Transports { get; set; } = "";

    /// <summary>Its owner was recognised (by finger, face or PIN) when it was made.</summary>
    public bool IsUserVerified { get; set; }

    /// <summary>May be synchronised between devices.</summary>
    public bool IsBackupEligible { get; set; }
    public bool IsBackedUp { get; set; }
}
