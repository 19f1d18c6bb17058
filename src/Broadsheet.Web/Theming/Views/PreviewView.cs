namespace Broadsheet.Web.Theming.Views;

/// <summary>What stands above an article that its makers see before readers do. Null on every other page.</summary>
/// <param name="Standing">Where it stands, in words that follow "Preview:".</param>
/// <param name="EditUrl">Where it is edited; empty for whoever may not.</param>
internal sealed record PreviewView(string Standing, string Url, string EditUrl);
