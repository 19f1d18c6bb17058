using System.Diagnostics.Metrics;
using Broadsheet.Core.Discussion;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>What screening made of the comments that came.</summary>
internal sealed class CommentMeter
{
    public const string Name = "Broadsheet.Discussion";

    private readonly Counter<long> _judged;

    public CommentMeter(IMeterFactory meters) => _judged = meters.Create(Name).CreateCounter<long>("broadsheet.comments.judged", "{comment}", "Comments that readers sent, by where screening put them");

    public void Judged(Standing standing) => _judged.Add(1, new KeyValuePair<string, object?>("standing", standing.ToString()));
}
