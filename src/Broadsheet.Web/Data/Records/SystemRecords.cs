namespace Broadsheet.Web.Data.Records;

/// <summary>The one row of the publication's settings, as JSON (see <see cref="Publication"/>).</summary>
internal sealed class SettingsRow
{
    public int Id { get; set; }
    public string Json { get; set; } = "{}";

    /// <summary>Grows with each change.</summary>
    public long Version { get; set; }
}

/// <summary>A key and a text kept with an article, comment or term (WordPress: postmeta, commentmeta, termmeta).</summary>
internal sealed class Meta
{
    public long Id { get; set; }
    public MetaOwner Owner { get; set; }
    public long OwnerId { get; set; }
    public string Key { get; set; } = "";
    public string Value { get; set; } = "";
}

internal enum MetaOwner
{
    Article = 0,
    Comment = 1,
    Term = 2,
    Person = 3,
}

/// <summary>An imported id that was taken here, and what stands for it: for ever.</summary>
internal sealed class MappedId
{
    public MappedKind Kind { get; set; }
    public string Source { get; set; } = "";
    public long OldId { get; set; }
    public long NewId { get; set; }
}

internal enum MappedKind
{
    Article = 0,
    Comment = 1,
    Term = 2,
    Person = 3,
}

/// <summary>Where an import of one source stands, so that it goes on after an interruption and never doubles.</summary>
internal sealed class ImportRun
{
    public long Id { get; set; }

    /// <summary>The source publication's address: what makes two files exports of the same.</summary>
    public string Source { get; set; } = "";

    /// <summary>SHA-256 of the file, hexadecimal.</summary>
    public string FileHash { get; set; } = "";

    /// <summary>Records of the file that are safely in, counted from its beginning.</summary>
    public long Checkpoint { get; set; }

    /// <summary>Totals so far, as JSON.</summary>
    public string Progress { get; set; } = "{}";
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
}

/// <summary>Work to be done after the change that asked for it, written in the same transaction.</summary>
internal sealed class OutboxRow
{
    public long Id { get; set; }

    /// <summary>The job's name.</summary>
    public string Job { get; set; } = "";
    public string Payload { get; set; } = "{}";
    public DateTimeOffset DueAt { get; set; }
    public int Attempts { get; set; }

    /// <summary>Claimed by a runner until then; null when free.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>Failed too often: waits for a person.</summary>
    public bool Parked { get; set; }
    public string? LastError { get; set; }
}

/// <summary>A tag of the page cache that a change has touched; every process reads these.</summary>
internal sealed class Eviction
{
    public long Id { get; set; }
    public string Tag { get; set; } = "";

    /// <summary>Words changed: no reader may get the old page. Else only counts did.</summary>
    public bool Hard { get; set; }
    public DateTimeOffset At { get; set; }
}

/// <summary>A link that signs a person in once. Only the hash of its secret is kept.</summary>
internal sealed class OneTimeLink
{
    /// <summary>SHA-256 of the secret, hexadecimal.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Null for the link that sets up an empty publication.</summary>
    public long? PersonId { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>A key that protects cookies and tokens; in the database, so that a backup and a second node have it.</summary>
internal sealed class ProtectionKey
{
    public long Id { get; set; }
    public string Name { get; set; } = "";
    public string Xml { get; set; } = "";
}

/// <summary>The search words of one article or comment that readers see.</summary>
internal sealed class SearchDocument
{
    public long Id { get; set; }
    public long ArticleId { get; set; }

    /// <summary>Null for the article itself.</summary>
    public long? CommentId { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>Folded words (<c>SearchWords.Index</c>).</summary>
    public string Words { get; set; } = "";
}

/// <summary>An article or comment whose search words must be made anew; written with the change, taken by the indexer.</summary>
internal sealed class SearchPending
{
    public long Id { get; set; }
    public long ArticleId { get; set; }
    public long? CommentId { get; set; }
}
