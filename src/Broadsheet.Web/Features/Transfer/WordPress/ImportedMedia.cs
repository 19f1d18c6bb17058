using Broadsheet.Core.Text;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>Bodies name media by the source's ids.</summary>
internal sealed class ImportedMedia(MediaLookup media, ImportedIds ids) : IMediaSource
{
    private readonly Dictionary<string, MediaFacts?> _byPath = new(StringComparer.Ordinal);

    public IReadOnlyList<MediaFacts> Attached => media.Attached;

    public MediaFacts? ById(long id) => ids.Referred(id) is { } own ? media.ByOwnId(own) : null;

    // The renderer asks for a picture several times.
    public MediaFacts? ByPath(string path) => _byPath.TryGetValue(path, out var known) ? known : _byPath[path] = media.ByPath(path);
}
