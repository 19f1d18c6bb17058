using System.Globalization;

namespace Broadsheet.Web.Features.Transfer.Browser;

/// <summary>How far an import is, for those who look at its page.</summary>
internal sealed class ImportGauge : IImportWatcher
{
    private volatile Mark _now = new("It begins", 0, 1);

    /// <param name="Done">Of <paramref name="Total"/>, in whatever it is counted in.</param>
    public sealed record Mark(string What, long Done, long Total);

    public Mark Now => _now;

    public void Says(string what) => _now = new Mark(what, 0, 1);

    public Action<long>? Reading(string what, long totalBytes, ImportProgress? progress)
    {
        _now = new Mark(what, 0, Math.Max(1, totalBytes));
        return bytes => _now = new Mark(progress is null ? what : string.Create(CultureInfo.InvariantCulture,
            $"{what}: {progress.Posts.Written + progress.Pages.Written + progress.Other.Written:N0} articles, {progress.Comments.Written:N0} comments"), bytes, Math.Max(1, totalBytes));
    }

    public Action<long, long>? Media() => (done, total) => _now = new Mark(string.Create(CultureInfo.InvariantCulture, $"Media: {done:N0} of {total:N0}"), done, Math.Max(1, total));
}
