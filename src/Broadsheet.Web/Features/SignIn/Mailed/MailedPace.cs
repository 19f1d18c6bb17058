using Broadsheet.Web.Data;

namespace Broadsheet.Web.Features.SignIn.Mailed;

/// <summary>How many mails one network may ask for; a restart forgives, the limits of an address do not.</summary>
internal sealed class MailedPace(ISharedCounts counts)
{
    public const int MostOfNetworkAnHour = 20;

    private readonly NetworkPace _pace = new("sign-in mails", MostOfNetworkAnHour, TimeSpan.FromHours(1), counts);

    /// <returns>Null: go on. Else how long to wait.</returns>
    public ValueTask<TimeSpan?> TakeAsync(string network) => _pace.TakeAsync(network);
}
