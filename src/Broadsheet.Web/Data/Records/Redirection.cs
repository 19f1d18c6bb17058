using Broadsheet.Core.Publishing;

namespace Broadsheet.Web.Data.Records;

/// <summary>A <see cref="RedirectRule"/> that is in force.</summary>
internal sealed class Redirection
{
    public long Id { get; set; }

    /// <summary>As <see cref="RedirectRule.From"/>.</summary>
    public string Source { get; set; } = "";

    /// <summary><see cref="Source"/> in small letters: there is one rule for each.</summary>
    public string Folded { get; set; } = "";

    /// <summary>As <see cref="RedirectRule.To"/>.</summary>
    public string Target { get; set; } = "";
    public RedirectKind Kind { get; set; }

    /// <summary>Who made it; null where it came of itself, by a section's new name.</summary>
    public long? PersonId { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>Readers who were sent on.</summary>
    public int Hits { get; set; }
    public DateTimeOffset? LastHitAt { get; set; }

    public RedirectRule Rule => new(Source, Target, Kind);
}

/// <summary>An address at which readers looked for something, and nothing was. Nothing in it is about a reader.</summary>
internal sealed class MissedAddress
{
    /// <summary>As <see cref="RedirectRule.Normalise"/> has it, without a query; at most 300 UTF-16 code units.</summary>
    public string Path { get; set; } = "";
    public int Hits { get; set; }
    public DateTimeOffset FirstAt { get; set; }
    public DateTimeOffset LastAt { get; set; }

    /// <summary>The page that linked to it, the last time it was known: a path of ours, or another site's host; empty for unknown.</summary>
    public string LinkedFrom { get; set; } = "";
}
