namespace Broadsheet.Web.Data.Records;

/// <summary>What a program signs in with for a person, below <c>/wp-json/</c> alone (WordPress: application passwords).</summary>
internal sealed class ApplicationPassword
{
    public Guid Uuid { get; set; }
    public long PersonId { get; set; }

    /// <summary>Of the program, as its owner calls it.</summary>
    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the password, in hexadecimal.</summary>
    public string Hash { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Up to an hour behind; null: not yet.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>The network address of that use; null where it was erased.</summary>
    public string? Address { get; set; }

    /// <summary>Made in a browser in which both steps were taken: it stands for both.</summary>
    public bool HasBothSteps { get; set; }
}
