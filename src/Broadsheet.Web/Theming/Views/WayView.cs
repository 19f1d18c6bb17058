namespace Broadsheet.Web.Theming.Views;

/// <summary>An account elsewhere by which readers may sign in; a button of the reply form leads there with the words.</summary>
/// <param name="Url">Where its button posts the form (<c>formaction</c>).</param>
/// <param name="Icon">The class of its picture is <c>way-</c> and this.</param>
internal sealed record WayView(string Name, string Url, string Icon);
