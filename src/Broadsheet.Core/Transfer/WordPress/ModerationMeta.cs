using System.Globalization;

namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>One entry of Akismet's history of a comment.</summary>
/// <param name="Event"><c>check-ham check-spam status-approved report-spam …</c>, <c>""</c> in very old entries.</param>
/// <param name="Message">A sentence, in old entries only.</param>
/// <param name="User">The login of who did it, or <c>""</c>.</param>
public sealed record AkismetEvent(DateTimeOffset Time, string Event, string Message, string User);

/// <summary>What was decided about a comment (or item) before it came here, from its meta.</summary>
public sealed record ModerationMeta
{
    /// <summary>Akismet's word: true is spam; null when it gave none.</summary>
    public bool? AkismetSpam { get; private init; }
    /// <summary>A person's word, which overrules Akismet's.</summary>
    public bool? UserSpam { get; private init; }
    /// <summary>The login of that person, or <c>""</c>.</summary>
    public string User { get; private init; } = "";
    public string AkismetGuid { get; private init; } = "";
    /// <summary>In the file's order.</summary>
    public IReadOnlyList<AkismetEvent> History { get; private init; } = [];
    /// <summary>The status before it went to the trash (<c>1</c>, <c>0</c>, <c>publish</c> …), or <c>""</c>.</summary>
    public string StatusBeforeTrash { get; private init; } = "";
    /// <summary>When it went there; null when it is not.</summary>
    public DateTimeOffset? Trashed { get; private init; }

    /// <summary>Reads the keys <c>akismet_*</c> and <c>_wp_trash_meta_*</c>; what is damaged is as if absent.</summary>
    public static ModerationMeta Read(IReadOnlyList<WxrMeta> meta) => new()
    {
        AkismetSpam = Verdict(Value(meta, "akismet_result")),
        UserSpam = Verdict(Value(meta, "akismet_user_result")),
        User = Value(meta, "akismet_user"),
        AkismetGuid = Value(meta, "akismet_guid"),
        History = [.. meta.Where(m => m.Key == "akismet_history").Select(ReadEvent).OfType<AkismetEvent>()],
        StatusBeforeTrash = Value(meta, "_wp_trash_meta_status"),
        Trashed = double.TryParse(Value(meta, "_wp_trash_meta_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Time(seconds) : null,
    };

    private static bool? Verdict(string word) => word switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    private static AkismetEvent? ReadEvent(WxrMeta meta)
    {
        var value = PhpSerialized.Read(meta.Value.Trim());
        return value?["time"]?.Number is { } seconds && Time(seconds) is { } time
            ? new AkismetEvent(time, value["event"]?.Text ?? "", value["message"]?.Text ?? "", value["user"]?.Text ?? "")
            : null;
    }

    /// <summary>Unix seconds, to the millisecond; null before 1970 and after 9999.</summary>
    private static DateTimeOffset? Time(double seconds) =>
        seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) : null;

    private static string Value(IReadOnlyList<WxrMeta> meta, string key) =>
        meta.LastOrDefault(m => m.Key == key)?.Value.Trim() ?? "";
}
