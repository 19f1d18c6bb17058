using System.Text.Json.Serialization;

namespace Broadsheet.Web.Features.Transfer.Browser;

/// <summary>How far an export is that was brought in through the browser.</summary>
internal enum ImportStand
{
    /// <summary>It is looked through, to its end; nothing is written yet.</summary>
    Looking,

    /// <summary>It can be read, and somebody must say that it shall come in.</summary>
    Ready,

    /// <summary>Its turn comes after others'.</summary>
    Waiting,
    Running,
    Done,

    /// <summary>It stopped by itself; <see cref="ImportTicket.Problem"/> says why.</summary>
    Failed,

    /// <summary>Somebody stopped it; it can go on.</summary>
    Stopped,
}

/// <summary>One export that was brought in, and what came of it: kept as a file beside it.</summary>
internal sealed record ImportTicket(string Id, string Name, long Bytes, DateTimeOffset At, long ById)
{
    public ImportStand Stand { get; init; }

    /// <summary>It was looked through once and could be read.</summary>
    public bool IsRead { get; init; }

    /// <summary>What the export's publication is called.</summary>
    public string Title { get; init; } = "";

    /// <summary>Its address, without scheme.</summary>
    public string Source { get; init; } = "";
    public bool FetchMedia { get; init; }
    public bool KeepCreditLines { get; init; }
    public bool Repair { get; init; }

    /// <summary>A sentence; null where all went well.</summary>
    public string? Problem { get; init; }
    public IReadOnlyList<ImportLine> Lines { get; init; } = [];

    /// <summary>What was left out or is odd: the first of <see cref="NoteCount"/>.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
    public long NoteCount { get; init; }
    public IReadOnlyList<string> Facts { get; init; } = [];
    public double Seconds { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The export itself was deleted; what came of it is still told.</summary>
    public bool IsForgotten { get; init; }

    [JsonIgnore]
    public bool IsAtWork => Stand is ImportStand.Looking or ImportStand.Waiting or ImportStand.Running;
}

/// <summary>How many of one kind.</summary>
internal sealed record ImportLine(string Kind, long Read, long Written, long Present, long Skipped);

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(ImportTicket))]
internal sealed partial class ImportTicketJson : JsonSerializerContext;
