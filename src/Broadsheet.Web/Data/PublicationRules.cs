using System.Collections.Frozen;
using Broadsheet.Core.Screening;
using Broadsheet.Core.Text;

namespace Broadsheet.Web.Data;

/// <summary>The rules on comments as the checks read them, from what an editor typed.</summary>
internal static class PublicationRules
{
    public static ScreeningRules Of(Publication p) => new(p.HoldAll, p.HoldFirst, p.HoldLinks, Lines(p.HoldWords), Lines(p.RefuseWords))
    {
        SilencingWords = Lines(p.SilencingWords),
        MaskedWords = Lines(p.MaskedWords),
        FirstComments = p.FirstComments,
        TrustAfter = p.TrustAfter,
        NewcomerLinks = p.NewcomerLinks,
        NewcomerHourly = p.NewcomerHourly,
        RejectedPercent = p.RejectedPercent,
        NetworkBurst = p.NetworkBurst,
        ThreadBurst = p.ThreadBurst,
        WorkAlways = p.WorkAlways,
        WorkFrom = p.WorkFrom,
        WorkBits = p.WorkBits,
        HoldSpamFrom = p.HoldSpamFrom,
        SpamFrom = p.SpamFrom,
        HoldToxicFrom = p.HoldToxicFrom,
        EmailDomains = Domains(p.EmailDomains),
        LinkDomains = Domains(p.LinkDomains),
        Modes = p.CheckModes,
    };

    private static FrozenSet<string> Domains(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => DomainName.Read(l.TrimStart('@', '*', '.'))).OfType<string>().ToFrozenSet(StringComparer.Ordinal);

    private static string[] Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(SearchWords.Fold).Where(w => w.Length > 0)];
}
