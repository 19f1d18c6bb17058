namespace Broadsheet.Web.Data.Records;

/// <summary>What somebody of the staff did that changes the publication, its people or what readers see. Rows are only ever added. (What moderators decide of comments has a log of its own.)</summary>
internal sealed class AuditEntry
{
    public long Id { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>Null for the program itself, and for someone who is gone.</summary>
    public long? PersonId { get; set; }

    /// <summary>What it was done to: <c>settings</c>, <c>people</c>, <c>articles</c>, <c>media</c>, <c>categories</c>, <c>redirects</c>, <c>mail</c>, <c>jobs</c> …</summary>
    public string Subject { get; set; } = "";

    /// <summary>One sentence, at most 500 UTF-16 code units; no secret in it.</summary>
    public string What { get; set; } = "";
}
