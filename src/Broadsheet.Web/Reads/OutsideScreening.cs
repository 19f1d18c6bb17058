using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Reads;

/// <summary>A service that comments are told to while they are screened.</summary>
/// <param name="Check">The name of the check that asks it.</param>
/// <param name="Host">Where it is.</param>
internal sealed record OutsideService(string Check, string Name, string Host, string PrivacyUrl);

/// <summary>Who outside the server takes part in screening, as it is configured: what readers are told beneath the form.</summary>
internal sealed class OutsideScreening(IReadOnlyList<OutsideService> services)
{
    /// <summary>Those that the publication has not turned off.</summary>
    public IEnumerable<OutsideService> Of(Publication publication) => services.Where(s => publication.CheckModes.GetValueOrDefault(s.Check, CheckMode.Act) != CheckMode.Off);

    /// <summary>One sentence.</summary>
    public string Sentence(Publication publication) => $"Comments are screened on this server{string.Concat(Of(publication).Select(s => $" and by {s.Name}"))}.";
}
