using Broadsheet.Core.Screening;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>Tells a writer of the ban that keeps them from writing.</summary>
internal static class BanWords
{
    public static string Of(BanMatch ban, ReaderSite site)
    {
        var what = ban.Kind switch
        {
            BanKind.Person => "Your account",
            BanKind.Email => "Your e-mail address",
            BanKind.EmailDomain => $"E-mail addresses of {ban.Value}",
            _ => "The network that you come from",
        };
        var until = ban.Until is { } end ? $" until {site.Publication.Local(end).ToString("f", site.Culture)}" : "";
        return $"{what} may not comment here{until}. The reason: {ban.Reason}{(ban.Reason[^1] is '.' or '!' or '?' ? "" : ".")} Your words are below.";
    }
}
