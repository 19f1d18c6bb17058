using System.Globalization;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Features.Curation.Wire;

/// <summary>The views of the wire, and where its actions are.</summary>
internal static class WireNames
{
    public const string Page = "/newsroom/wire/";

    public static readonly IReadOnlyList<(string Key, string Name)> States = [("new", "New"), ("mine", "Mine"), ("snoozed", "Snoozed"), ("taken", "Republished"), ("dismissed", "Dismissed"), ("all", "All")];

    public static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{Page}{id}/");

    public static string Word(WireState state) => state switch { WireState.Snoozed => "snoozed", WireState.Dismissed => "dismissed", WireState.Taken => "republished", _ => "new" };

    /// <summary>Where a form came from; only places of the wire itself.</summary>
    public static string Back(string? given) => given is { Length: > 0 and < 1_000 } && given.StartsWith(Page, StringComparison.Ordinal) && !given.Contains("//", StringComparison.Ordinal) ? given : Page;
}
