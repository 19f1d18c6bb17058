using Broadsheet.Core.Text;

namespace Broadsheet.Core.Tests.Text;

/// <summary>Media in memory.</summary>
internal sealed class MediaShelf(params MediaFacts[] media) : IMediaSource
{
    public IReadOnlyList<MediaFacts> Attached { get; init; } = media;

    public MediaFacts? ById(long id) => Array.Find(media, m => m.Id == id);

    public MediaFacts? ByPath(string path) => MediaPath.Originals(path).Select(p => Array.Find(media, m => m.Path == p)).FirstOrDefault(m => m is not null);
}
