using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Asks for the smaller copies of a picture, which are made in the background.</summary>
internal static class RenditionQueue
{
    public const string Job = "make-renditions";

    /// <param name="path">The original's: <c>/wp-content/uploads/2020/02/a.jpg</c>.</param>
    /// <param name="next">How many of its renditions are done.</param>
    public static void Ask(WriteScope scope, string path, int next = 0) => scope.Enqueue(Job, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{next} {path}"));

    /// <summary>The same, unless it was asked already.</summary>
    public static async Task AskOnceAsync(WriteScope scope, string path, CancellationToken ct)
    {
        var ending = " " + path;
        if (!await scope.Db.Outbox.AnyAsync(o => o.Job == Job && o.Payload.EndsWith(ending), ct)) Ask(scope, path);
    }
}
