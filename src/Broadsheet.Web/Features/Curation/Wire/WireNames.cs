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
}
