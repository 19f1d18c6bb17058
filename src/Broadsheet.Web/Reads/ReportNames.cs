using Broadsheet.Core.Discussion;

namespace Broadsheet.Web.Reads;

/// <summary>Readers' reasons in words.</summary>
internal static class ReportNames
{
    public static string Of(ReportReason reason) => reason switch
    {
        ReportReason.Spam => "Spam or advertising",
        ReportReason.Abuse => "An attack on someone",
        ReportReason.Private => "Somebody’s private matters",
        ReportReason.OffTopic => "Beside the subject",
        _ => "Something else",
    };
}
