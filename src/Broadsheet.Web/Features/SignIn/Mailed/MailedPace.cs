using Broadsheet.Web.Data;

namespace Broadsheet.Web.Features.SignIn.Mailed;

/// <summary>How many mails one network may ask for; a restart forgives, the limits of an address do not.</summary>
internal sealed class MailedPace(TimeProvider clock)
{
    public const int MostOfNetworkAnHour = 20;

    private readonly NetworkPace _pace = new(MostOfNetworkAnHour, TimeSpan.FromHours(1), clock);

    /// <returns>Null: go on. Else how long to wait.</returns>
    public TimeSpan? Take(string network) => _pace.Take(network);
}
