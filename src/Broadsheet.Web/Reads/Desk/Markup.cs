using Microsoft.AspNetCore.Components;

namespace Broadsheet.Web.Reads.Desk;

/// <summary>The one way in which markup comes into a component: from the sanitiser.</summary>
internal static class Markup
{
    public static MarkupString Of(SafeHtml html) => new(html.Value);
}
