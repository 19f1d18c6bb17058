using Broadsheet.Core.Screening;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>The checks' names, as decisions and figures keep them, in words.</summary>
internal sealed class CheckTitles(Screen screen)
{
    private readonly Dictionary<string, string> _titles = screen.Checks.ToDictionary(c => c.Name, c => c.Title, StringComparer.Ordinal);

    /// <returns>The name itself for a check that is not here (any more).</returns>
    public string Of(string name) => _titles.GetValueOrDefault(name, name);

    /// <param name="summary">See <see cref="ScreeningNote.Summary"/>; null for none.</param>
    /// <returns>Such as <c>Links (hold), Spam model (spam; only advised)</c>; empty for none.</returns>
    public string InWords(string? summary) => string.Join(", ", (summary ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part =>
    {
        var advised = part.EndsWith('?');
        var (name, leaning) = part.TrimEnd('?').Split(':') is [var first, var second] ? (first, second) : (part, "");
        return leaning.Length == 0 ? Of(name) : $"{Of(name)} ({leaning}{(advised ? "; only advised" : "")})";
    }));
}
