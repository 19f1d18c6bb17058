namespace Broadsheet.Web.Data.Records;

/// <summary>Something good once that was used, until it would have run out anyway.</summary>
internal sealed class SpentChallenge
{
    /// <summary>SHA-256, in hexadecimal.</summary>
    public string Hash { get; set; } = "";
    public DateTimeOffset ExpiresAt { get; set; }
}
