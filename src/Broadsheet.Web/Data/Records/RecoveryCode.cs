namespace Broadsheet.Web.Data.Records;

/// <summary>One of the codes that stand in for a lost authenticator app, each once.</summary>
internal sealed class RecoveryCode
{
    public long Id { get; set; }
    public long PersonId { get; set; }

    /// <summary>SHA-256, in hexadecimal: a code is 80 random bits, too many to try.</summary>
    public string Hash { get; set; } = "";
    public DateTimeOffset? UsedAt { get; set; }
}
