using Broadsheet.Core.Text;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>WordPress keeps names and titles of sites, terms and people as HTML (<c>Sport &amp;amp; more</c>); here they are plain text.</summary>
internal static class StoredName
{
    public static string Plain(string stored) => BidiControls.Strip(stored.AsSpan().IndexOfAny('&', '<') < 0 ? stored : PlainText.Of(stored).Trim());
}
