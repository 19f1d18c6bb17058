namespace Broadsheet.Core.Text;
public enum BodyFormat { WordPress, Html, Markdown }
public static class ArticleBody { public static IReadOnlyList<SafeHtml> Pages(SafeHtml h)=>[h]; }
public static class ArticleRenderer { public const int Version = 1; }
public static class SearchWords { public static string Fold(string s)=>s.ToLowerInvariant(); public static string[] Query(string s)=>s.ToLowerInvariant().Split(' '); public static string Index(string s)=>s.ToLowerInvariant(); }
