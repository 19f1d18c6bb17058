using System.Collections.Frozen;

namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>The meta keys worth a place here (compatibility §4.4). Others are a plugin's or an editor's own and mean nothing without it.</summary>
public static class KeptMeta
{
    /// <summary>Our own: the account at the source (<c>wp:comment_user_id</c>) of a commenter whom the export does not list among its authors.</summary>
    public const string ImportedUserKey = "_imported_user_id";

    private static readonly FrozenSet<string> Item = FrozenSet.Create(StringComparer.Ordinal,
        "_thumbnail_id", "_wp_attached_file", "_wp_attachment_metadata", "_wp_attachment_image_alt",
        "_wp_old_slug", "_wp_old_date", "_edit_last", "_wp_trash_meta_status", "_wp_trash_meta_time", "_wp_desired_post_slug",
        "enclosure");

    private static readonly FrozenSet<string> Comment = FrozenSet.Create(StringComparer.Ordinal,
        "akismet_result", "akismet_history", "akismet_user_result", "akismet_user", "akismet_guid", "akismet_pro_tip",
        "akismet_as_submitted", "_wp_trash_meta_status", "_wp_trash_meta_time",
        "hc_post_as", "hc_avatar", "hc_foreign_user_id",
        "protocol", "source_id", "source_url", "avatar_url");

    /// <summary>Of an item: featured image, the file of an attachment, old addresses, the way back from the trash, podcast enclosures.</summary>
    public static bool OfItem(string key) => Item.Contains(key);

    /// <summary>Of a comment: Akismet's record, the way back from the trash, who wrote through Jetpack or ActivityPub.</summary>
    public static bool OfComment(string key) => Comment.Contains(key);
}
