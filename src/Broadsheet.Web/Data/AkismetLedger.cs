using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Data;

/// <summary>A moderator's decision on a comment that Akismet was asked about is told to it, by a job in the same transaction.</summary>
internal static class AkismetLedger
{
    /// <summary>The name of the check.</summary>
    public const string CheckName = "akismet";

    /// <summary>The job that tells; its payload is <c>spam:ID</c> or <c>ham:ID</c>.</summary>
    public const string TellJob = "tell-akismet";

    public static void Note(WriteScope scope, Comment comment, Standing before)
    {
        if (comment.Screening?.Contains($"\"{CheckName}\"", StringComparison.Ordinal) != true) return;
        var word = comment.Standing == Standing.Spam ? "spam" : before == Standing.Spam && comment.Standing is Standing.Shown or Standing.Held ? "ham" : null;
        if (word is not null) scope.Db.Outbox.Add(new OutboxRow { Job = TellJob, Payload = string.Create(CultureInfo.InvariantCulture, $"{word}:{comment.Id}"), DueAt = scope.Now });
    }
}
