using System.Globalization;
using System.Security.Cryptography;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>Where a reader who left a reply form comes back to.</summary>
/// <param name="Url">The form of that article, answering what it answered.</param>
/// <param name="AreKept">Else they must not leave: their words are in the request, and nowhere else.</param>
internal sealed record FormWay(string Url, bool AreKept);

/// <summary>
/// Keeps what was typed into a reply form while its writer is away to sign in, script or not: a row, and a sealed cookie that names it. The cookie is one of
/// those by which a page is rendered for its reader (<see cref="Caching.PageKeys"/>).
/// </summary>
internal sealed class KeptReplies(IDatabaseEngine engine, Writes writes, ReaderSites sites, RememberedArticles articles, CountedNetworks networks, IDataProtectionProvider protection, ISharedCounts counts, TimeProvider clock)
{
    private const int MostOfNetworkAnHour = 60;
    private readonly IDataProtector _protector = protection.CreateProtector("kept-reply");
    private readonly NetworkPace _pace = new("kept replies", MostOfNetworkAnHour, TimeSpan.FromHours(1), counts);

    /// <returns>Null where the form is none of an article here.</returns>
    public async Task<FormWay?> KeepAsync(HttpContext http, IFormCollection form)
    {
        var ct = http.RequestAborted;
        if (!long.TryParse(form["comment_post_ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;
        var site = await sites.OfAsync(http);
        await using var db = engine.Open();
        if (await articles.FindAsync(db, id, ct) is not { } article) return null;
        _ = long.TryParse(form["comment_parent"], NumberStyles.None, CultureInfo.InvariantCulture, out var parent);
        var path = site.Links.To(article);
        var query = parent > 0 ? string.Create(CultureInfo.InvariantCulture, $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}replytocom={parent}") : "";
        return new FormWay($"{path}{query}#respond", await StoreAsync(http, form, id, parent, ct));
    }

    /// <returns>What this browser's reader had typed under this article; null for nothing.</returns>
    public async Task<KeptReply?> ReadAsync(HttpContext http, BroadsheetDb db, long articleId, CancellationToken ct) =>
        IdOf(http) is { } id ? await KeptReplyLedger.FindAsync(db, id, articleId, clock.GetUtcNow(), ct) : null;

    /// <summary>They were posted. Without effect, and without a statement, where none are kept; where they cannot be forgotten now, they are in a day.</summary>
    public async Task ForgetAsync(HttpContext http)
    {
        if (IdOf(http) is not { } id) return;
        http.Response.Cookies.Delete(Caching.PageKeys.KeptCookie, Cookie(http, null));
        try
        {
            await writes.RunAsync((scope, ct) => KeptReplyLedger.ForgetAsync(scope, id, ct), http.RequestAborted);
        }
        catch (StorageException)
        {
        }
    }

    private async Task<bool> StoreAsync(HttpContext http, IFormCollection form, long articleId, long parent, CancellationToken ct)
    {
        var words = form["comment"].ToString();
        var known = IdOf(http);
        if (words.Length == 0 && known is null) return true;
        if (words.Length > Comment.MaxLength || (networks.Of(http.Connection.RemoteIpAddress) is { } network && await _pace.TakeAsync(network) is not null)) return false;
        var id = known ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
        var follow = FollowChoices.Read(form);
        var kept = new KeptReply { Id = id, ArticleId = articleId, ParentId = parent, Words = words, Replies = follow.Replies, Thread = follow.Thread, Articles = follow.Articles };
        try
        {
            await writes.RunAsync((scope, token) => KeptReplyLedger.KeepAsync(scope, kept, token), ct);
        }
        catch (StorageException)
        {
            return false;
        }
        http.Response.Cookies.Append(Caching.PageKeys.KeptCookie, _protector.Protect(id), Cookie(http, KeptReplyLedger.Lifetime));
        return true;
    }

    private static CookieOptions Cookie(HttpContext http, TimeSpan? lifetime) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = lifetime };

    private string? IdOf(HttpContext http)
    {
        if (http.Request.Cookies[Caching.PageKeys.KeptCookie] is not { Length: > 0 and < 1_000 } cookie) return null;
        try
        {
            return _protector.Unprotect(cookie);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
