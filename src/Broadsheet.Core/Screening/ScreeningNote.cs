using System.Text.Json;
using System.Text.Json.Serialization;

namespace Broadsheet.Core.Screening;

/// <summary>What the checks said of a comment, as it is kept beside it.</summary>
public static class ScreeningNote
{
    /// <param name="note">Null for a comment that no check has seen.</param>
    /// <returns>Nothing, too, for a note that cannot be read.</returns>
    public static IReadOnlyList<CheckResult> Read(string? note)
    {
        if (string.IsNullOrEmpty(note)) return [];
        try
        {
            return JsonSerializer.Deserialize(note, ScreeningNoteJson.Default.IReadOnlyListCheckResult) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <returns>Null where no check had an opinion.</returns>
    public static string? Write(IReadOnlyList<CheckResult> results) => results.Count == 0 ? null : JsonSerializer.Serialize(results, ScreeningNoteJson.Default.IReadOnlyListCheckResult);

    /// <summary>How a comment was sent; other words of it change nothing of that.</summary>
    private static readonly string[] OfTheSending = ["honeypot", "form", "too-fast", "burst", "newcomers", WorkCheck.CheckName];

    /// <summary>What is said of changed words, after what was said of how the first ones came.</summary>
    public static string? OfChanged(string? before, string? after) =>
        Write([.. Read(before).Where(r => Array.IndexOf(OfTheSending, r.Check) >= 0), .. Read(after).Where(r => Array.IndexOf(OfTheSending, r.Check) < 0)]);

    /// <summary>Which check leaned where, without its reason, which may hold what a person wrote; a question mark for one that only advised: <c>links:hold spam-model:spam?</c>.</summary>
    /// <returns>Null where no check had an opinion.</returns>
    public static string? Summary(string? note) => Read(note) is { Count: > 0 } results ? string.Join(' ', results.Select(r => $"{r.Check}:{r.Leaning.ToString().ToLowerInvariant()}{(r.Mode == CheckMode.Advise ? "?" : "")}")) : null;
}

[JsonSerializable(typeof(IReadOnlyList<CheckResult>))]
internal sealed partial class ScreeningNoteJson : JsonSerializerContext;
