using Broadsheet.Web.Reads;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Broadsheet.Web.Tests.Reads;

public sealed class GuestCookiesTests
{
    [Fact]
    public void Sixty_likes_with_long_ids_fit_into_a_cookie_that_browsers_keep()
    {
        var cookies = new GuestCookies(new EphemeralDataProtectionProvider());
        var sent = "";
        for (var i = 0; i < 70; i++)
        {
            var http = new DefaultHttpContext();
            if (sent.Length > 0) http.Request.Headers.Cookie = sent;
            cookies.RememberLike(http, new GuestLike(1_234_567_890 + i, 987_654_321, i % 7 == 0 ? null : 2_345_678_901 + i));
            var pair = http.Response.Headers.SetCookie.ToString().Split(';')[0];
            // RFC 6265bis: what is longer is thrown away.
            if (pair.Length <= 4_096) sent = pair;
        }
        var last = new DefaultHttpContext();
        last.Request.Headers.Cookie = sent;

        var likes = cookies.Likes(last);

        Assert.Equal(60, likes.Count);
        Assert.Equal(new GuestLike(1_234_567_959, 987_654_321, 2_345_678_970), likes[^1]);
        Assert.Equal(new GuestLike(1_234_567_953, 987_654_321, null), likes[^7]);
    }
}
