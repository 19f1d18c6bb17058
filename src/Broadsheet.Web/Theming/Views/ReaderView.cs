namespace Broadsheet.Web.Theming.Views;

/// <summary>The page that a reader has of their own, as they wished.</summary>
/// <param name="Bio">Plain text in lines; empty for none.</param>
/// <param name="Url">Their website; null for none.</param>
/// <param name="CardUrl">The same as a card for an address book (vCard).</param>
/// <param name="Likes">What they like, newest first; empty where they do not wish to be named.</param>
/// <param name="OlderUrl">Null where there are no more comments.</param>
internal sealed record ReaderView(
    string Name, AvatarView Avatar, string Bio, string? Url, DateView Joined, string CardUrl, IReadOnlyList<SearchHitView> Comments, IReadOnlyList<LinkView> Likes, bool IsFirst, string? OlderUrl);
