using System.Globalization;

namespace Broadsheet.Web.Reads;

/// <summary>How many like something, in the words that readers of such publications know.</summary>
internal static class LikeWords
{
    public static string OfComment(int likes) => likes switch { <= 0 => "", 1 => "Liked by 1 person", _ => string.Create(CultureInfo.InvariantCulture, $"Liked by {likes:N0} people") };

    public static string OfArticle(int likes) => likes switch { <= 0 => "", 1 => "One reader likes this", _ => string.Create(CultureInfo.InvariantCulture, $"{likes:N0} readers like this") };
}
