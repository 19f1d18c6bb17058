using Broadsheet.Core.Discussion;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Api;

/// <summary>The pictures of those who have uploaded one, by WordPress's sizes. The rest have none: no service of others learns who reads.</summary>
internal static class Avatars
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>As WordPress names them; browsers make ours smaller.</summary>
    private static readonly string[] Sizes = ["24", "48", "96"];

    /// <param name="personId">Null for a guest.</param>
    public static IReadOnlyDictionary<string, string> Of(ReaderSite site, long? personId, string name)
    {
        if (personId is not { } id || site.People.PictureOf(id) is not { } version) return None;
        var key = AuthorKeys.OfPerson(site.Publication, id);
        var address = site.Links.Absolute(AvatarViews.Address(key, Initials.Of(name), AuthorKeys.Tone(key), version));
        return Sizes.ToDictionary(s => s, _ => address, StringComparer.Ordinal);
    }
}
