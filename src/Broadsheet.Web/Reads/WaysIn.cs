using Broadsheet.Web.Reads.Desk;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Reads;

/// <summary>A provider by which readers may sign in.</summary>
/// <param name="Key">In addresses: <c>/account/sign-in/with/KEY/</c>.</param>
/// <param name="Icon">Its picture in <c>ways.svg</c>.</param>
internal sealed record WayIn(string Key, string Name, string Icon)
{
    public string Url => $"/account/sign-in/with/{Key}/";
}

/// <summary>Those that are configured, in the order in which they are shown.</summary>
internal sealed record WaysIn(IReadOnlyList<WayIn> All)
{
    /// <summary>For templates.</summary>
    public IReadOnlyList<WayView> Views { get; } = [.. All.Select(w => new WayView(w.Name, w.Url, w.Icon))];

    /// <summary>For pages of accounts.</summary>
    public IReadOnlyList<WayForm.Way> Buttons { get; } = [.. All.Select(w => new WayForm.Way(w.Name, w.Url, w.Icon))];
}
