namespace Broadsheet.Web.Theming.Views;

/// <summary>A page of a list: home, an archive, search results.</summary>
/// <param name="Heading">Null on the home page.</param>
/// <param name="Kind"><c>home category tag author date search</c>.</param>
internal sealed record ListView(
    string Kind, string? Heading, SafeHtml Description, IReadOnlyList<ArticleView> Items, int Page, string? NewerUrl, string? OlderUrl);

/// <summary>What a search found.</summary>
/// <param name="Within">The id of the article whose discussion alone is searched; null for everything.</param>
/// <param name="Discussion">That discussion; null for everything.</param>
internal sealed record SearchView(string Query, IReadOnlyList<SearchHitView> Hits, int Page, string? NewerUrl, string? OlderUrl, long? Within = null, LinkView? Discussion = null);

/// <param name="IsComment">The words are a comment's, under the article of that title.</param>
/// <param name="Number">The comment's, as <c>12.3</c>; null for an article.</param>
/// <param name="Language">Of the article's headline and words; empty for the publication's.</param>
internal sealed record SearchHitView(bool IsComment, string Title, string Url, string? Author, DateView? Date, SafeHtml Snippet, string? Number = null, string Language = "");

/// <summary>What went wrong, what is safe, what to do.</summary>
/// <param name="Words">What its reader had written, given back to be copied; null for none.</param>
internal sealed record ErrorView(int Status, string Heading, string Text, IReadOnlyList<LinkView> Suggestions, string? Words = null);
