using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Reads;

/// <summary>How somebody is pictured: by the picture that they uploaded, else by one that was fetched, else by their initials.</summary>
internal static class AvatarViews
{
    /// <summary>Where pictures are fetched, the address is the same before and after: no page changes when one arrives. An uploaded one has a new address each time.</summary>
    /// <param name="key">The commenter as pages name them.</param>
    /// <param name="personId">Null for a guest.</param>
    public static AvatarView Of(ReaderSite site, string key, long? personId, string name)
    {
        var (initials, tone, version) = (Initials.Of(name), AuthorKeys.Tone(key), site.People.PictureOf(personId));
        return new AvatarView(version is not null || site.Publication.Gravatar ? Address(key, initials, tone, version) : null, initials, tone);
    }

    /// <summary>The initials come along, for the day on which there is no picture.</summary>
    /// <param name="version">Null where nothing was uploaded.</param>
    public static string Address(string key, string initials, int tone, int? version)
    {
        var drawn = string.Create(CultureInfo.InvariantCulture, $"/discussion/avatar/{key}?i={Uri.EscapeDataString(initials)}&t={tone}");
        return version is { } v ? string.Create(CultureInfo.InvariantCulture, $"{drawn}&v={v}") : drawn;
    }
}
