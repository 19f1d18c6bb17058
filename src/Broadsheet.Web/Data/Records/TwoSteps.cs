namespace Broadsheet.Web.Data.Records;

/// <summary>A person's authenticator app: the second step of their sign-in (RFC 6238).</summary>
internal sealed class TwoSteps
{
    public long PersonId { get; set; }

    /// <summary>Sealed with the publication's keys.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Null until a code has shown that the app has the secret.</summary>
    public DateTimeOffset? OnAt { get; set; }

    /// <summary>The last time step (of 30 seconds) whose code was used: neither it nor an earlier one is taken again.</summary>
    public long LastStep { get; set; }

    /// <summary>Codes that were typed since <see cref="TriesSince"/>.</summary>
    public int Tries { get; set; }
    public DateTimeOffset TriesSince { get; set; }
}
