using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Reads;

/// <summary>The boxes of the reply form by which its writer follows what comes after: two with the names of Jetpack's, whose forms and clients know them.</summary>
internal static class FollowChoices
{
    public static readonly FollowChoicesView None = new(Replies: false, Thread: false, Articles: false);

    public static FollowChoicesView Read(IFormCollection form) => new(IsTicked(form, "subscribe_replies"), IsTicked(form, "subscribe_comments"), IsTicked(form, "subscribe_blog"));

    public static IReadOnlyList<SubscriptionKind> Kinds(FollowChoicesView choices) =>
        [.. new[] { (choices.Replies, SubscriptionKind.Replies), (choices.Thread, SubscriptionKind.Thread), (choices.Articles, SubscriptionKind.Articles) }.Where(c => c.Item1).Select(c => c.Item2)];

    private static bool IsTicked(IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } value && value is not ("0" or "false");
}
