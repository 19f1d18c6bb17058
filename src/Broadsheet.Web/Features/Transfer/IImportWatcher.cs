namespace Broadsheet.Web.Features.Transfer;

/// <summary>Looks on while an import works: a progress bar, or nobody.</summary>
internal interface IImportWatcher
{
    void Says(string what);

    /// <returns>To be told the bytes read so far; null where nobody looks.</returns>
    Action<long>? Reading(string what, long totalBytes, ImportProgress? progress);

    /// <returns>To be told how many files are done, of how many.</returns>
    Action<long, long>? Media();
}

/// <summary>Nobody looks.</summary>
internal sealed class NoWatcher : IImportWatcher
{
    public static NoWatcher Instance { get; } = new();

    public void Says(string what) { }

    public Action<long>? Reading(string what, long totalBytes, ImportProgress? progress) => null;

    public Action<long, long>? Media() => null;
}
