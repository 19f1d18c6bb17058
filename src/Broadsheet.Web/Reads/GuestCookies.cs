using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;

namespace Broadsheet.Web.Reads;

/// <summary>What a guest wished to be remembered by.</summary>
internal sealed record Guest(string Name, string Email, string Url);

/// <summary>A like that a guest gave from this browser.</summary>
/// <param name="Id">The row's.</param>
/// <param name="CommentId">Null for the article.</param>
internal sealed record GuestLike(long Id, long ArticleId, long? CommentId);

/// <summary>
/// A guest's details and the ids of their latest comments, kept in their browser for a year, only after they agreed
/// (WordPress: <c>comment_author_*</c> and <c>wp-comment-cookies-consent</c>). Sealed, so that nobody reads the comments of another by guessing.
/// </summary>
internal sealed class GuestCookies(IDataProtectionProvider protection)
{
    private const string DetailsName = "comment_author_broadsheet";
    private const string OwnName = "comment_author_own_broadsheet";
    private const string LikesName = "comment_author_likes_broadsheet";
    private const int Remembered = 20;
    private const int LikesRemembered = 60;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);
    private readonly IDataProtector _protector = protection.CreateProtector("guest");

    public Guest? Read(HttpContext http) => Open(http, DetailsName, GuestJson.Default.Guest);

    public IReadOnlyList<long> OwnComments(HttpContext http) => Open(http, OwnName, GuestJson.Default.Int64Array) ?? [];

    /// <summary>By the account that is signed in; of a guest, by what their browser remembers.</summary>
    public bool IsOwn(HttpContext http, CommentRow row) => CurrentPerson.Of(http) is { } person ? row.PersonId == person.Id : row.PersonId is null && OwnComments(http).Contains(row.Id);

    public void Remember(HttpContext http, Guest guest, long commentId)
    {
        Write(http, DetailsName, JsonSerializer.Serialize(guest, GuestJson.Default.Guest));
        Write(http, OwnName, JsonSerializer.Serialize([.. OwnComments(http).TakeLast(Remembered - 1), commentId], GuestJson.Default.Int64Array));
    }

    /// <summary>The likes that this browser gave as a guest and may take back: those of the last day.</summary>
    public IReadOnlyList<GuestLike> Likes(HttpContext http) => Open(http, LikesName, GuestJson.Default.Int64Array) is { } numbers
        ? [.. numbers.Chunk(3).Where(n => n.Length == 3).Select(n => new GuestLike(n[0], n[1], n[2] == 0 ? null : n[2]))] : [];

    public void RememberLike(HttpContext http, GuestLike like) => WriteLikes(http, [.. Likes(http).TakeLast(LikesRemembered - 1), like]);

    public void ForgetLike(HttpContext http, long likeId) => WriteLikes(http, [.. Likes(http).Where(l => l.Id != likeId)]);

    /// <summary>As bare numbers, three a like: a browser throws away a cookie of more than 4,096 bytes, and with it what was liked last.</summary>
    private void WriteLikes(HttpContext http, IReadOnlyList<GuestLike> likes) =>
        Write(http, LikesName, JsonSerializer.Serialize([.. likes.SelectMany(l => new[] { l.Id, l.ArticleId, l.CommentId ?? 0 })], GuestJson.Default.Int64Array), TimeSpan.FromDays(1));

    /// <summary>Who asked to be forgotten keeps, for as long as they may change their words, what proves that these are theirs.</summary>
    public void RememberOwn(HttpContext http, long commentId, TimeSpan until) => Write(http, OwnName, JsonSerializer.Serialize([.. OwnComments(http).TakeLast(Remembered - 1), commentId], GuestJson.Default.Int64Array), until);

    public static void Forget(HttpContext http)
    {
        http.Response.Cookies.Delete(DetailsName);
        http.Response.Cookies.Delete(OwnName);
    }

    private void Write(HttpContext http, string name, string value, TimeSpan? until = null) => http.Response.Cookies.Append(name, _protector.Protect(value), new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        MaxAge = until ?? Lifetime,
        Path = "/",
    });

    private T? Open<T>(HttpContext http, string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        if (http.Request.Cookies[name] is not { Length: > 0 and < 4_000 } cookie) return null;
        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(cookie), type);
        }
        catch (Exception problem) when (problem is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(Guest))]
[JsonSerializable(typeof(long[]))]
internal sealed partial class GuestJson : JsonSerializerContext;
