namespace Broadsheet.Web.Features.Transfer;

/// <summary>What an import was asked to do.</summary>
internal sealed record ImportRequest(string File)
{
    /// <summary>What messages call the file.</summary>
    public string Name { get; init; } = Path.GetFileName(File);

    /// <summary>Read, count and report; write nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Replace characters that XML forbids instead of stopping at them.</summary>
    public bool Repair { get; init; }

    /// <summary>Credit lines at the beginning of bodies stay text.</summary>
    public bool KeepCreditLines { get; init; }

    /// <summary>Bring the attachments' files from where they were.</summary>
    public bool FetchMedia { get; init; }

    /// <summary>Take the attachments' files from a folder that is laid out as <c>wp-content/uploads</c>; null for none.</summary>
    public string? MediaFolder { get; init; }

    /// <summary>Also take WordPress's users from a file of comma-separated values; null for none.</summary>
    public string? Users { get; init; }
}
