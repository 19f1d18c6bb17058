namespace Broadsheet.Web.Features.Following;

/// <summary>The room's own addresses, root-relative.</summary>
internal static class FollowLinks
{
    public const string Page = "/follow/";
    public const string Asked = "/follow/asked/";
    public const string Confirm = "/follow/confirm";
    public const string Manage = "/follow/manage";
    public const string End = "/follow/end";

    public static string To(string door, string token) => $"{door}/{token}/";
}
