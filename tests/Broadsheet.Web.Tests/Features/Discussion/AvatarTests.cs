using System.Net;
using System.Security.Cryptography;
using System.Text;
using Broadsheet.Core.People;
using Broadsheet.Web.Features.Discussion.Avatars;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Tests.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Broadsheet.Web.Tests.Features.Discussion;

public abstract class AvatarTests(BroadsheetSite site)
{
    [Fact]
    public async Task Initials_are_made_here_and_nobody_is_asked()
    {
        var article = await site.PublishAsync("Initials");
        await site.TalkAsync(article.Id, [null]);
        using var reader = site.NewReader();

        var page = await reader.OpenAsync(article.Path);

        Assert.Equal("R0", page.QuerySelector(".comment-list .avatar")!.TextContent);
        Assert.Empty(page.QuerySelectorAll(".comment-list img"));
        var before = await site.ReadAsync(db => db.Avatars.CountAsync());
        Assert.False(await site.App.Services.GetServices<IRecurring>().OfType<FetchAvatars>().Single().RunAsync(CancellationToken.None));
        Assert.Equal(before, await site.ReadAsync(db => db.Avatars.CountAsync()));
    }

    [Fact]
    public async Task A_picture_is_fetched_once_drawn_anew_and_given_from_here()
    {
        await using var gravatar = await PictureServer.StartAsync();
        gravatar.Has($"reader0@example.org", PictureServer.Png());
        gravatar.Has($"reader1@example.org", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray());
        await site.StopAsync();
        await site.StartAsync($"--Gravatar:Endpoint={gravatar.Url}", $"--Outbound:AllowHosts={new Uri(gravatar.Url).Authority}");
        // Another test may have looked for the same readers a moment ago.
        await site.Writes.RunAsync((scope, ct) => scope.Db.Avatars.ExecuteDeleteAsync(ct), CancellationToken.None);
        await site.SetAsync(p => p with { Gravatar = true });
        var article = await site.PublishAsync("Pictured");
        await site.TalkAsync(article.Id, null, null, null);
        var last = await site.ReadAsync(db => db.Comments.MaxAsync(c => c.Id));

        await Eventually.SeesAsync(() => site.ReadAsync(db => db.Avatars.AnyAsync(a => a.CommentId == last)));

        Assert.All(gravatar.Asked.GroupBy(a => a, StringComparer.Ordinal), g => Assert.Single(g));
        using var reader = site.NewReader();
        var sources = (await reader.OpenAsync(article.Path)).QuerySelectorAll(".comment-list img.avatar").Select(i => i.GetAttribute("src")!).ToList();
        Assert.Equal(3, sources.Count);
        Assert.All(sources, s => Assert.StartsWith("/discussion/avatar/", s, StringComparison.Ordinal));
        using var picture = await reader.GetAsync(sources[0]);
        using var none = await reader.GetAsync(sources[1]);
        Assert.Equal("image/webp", picture.Content.Headers.ContentType!.MediaType);
        Assert.NotEqual(PictureServer.Png(), await picture.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/svg+xml", none.Content.Headers.ContentType!.MediaType);
        var drawn = await none.Content.ReadAsStringAsync();
        Assert.Contains(">R1</text>", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("alert", drawn, StringComparison.Ordinal);
        Assert.True(picture.Headers.CacheControl!.Public);
        await site.SetAsync(p => p with { Gravatar = false });
    }

    [Fact]
    public async Task Of_somebody_who_uploaded_a_picture_nothing_is_asked_and_theirs_stays()
    {
        await using var gravatar = await PictureServer.StartAsync();
        await site.StopAsync();
        await site.StartAsync($"--Gravatar:Endpoint={gravatar.Url}", $"--Outbound:AllowHosts={new Uri(gravatar.Url).Authority}");
        await site.SetAsync(p => p with { Gravatar = true, HoldFirst = false, FloodSeconds = 0 });
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using (var upload = await ann.SubmitAsync("/account/", [], form: "form[data-picture]", files: ("picture", "me.png", PictureServer.Png()))) Assert.Equal(HttpStatusCode.Found, upload.StatusCode);
        gravatar.Has(ann.Email, PictureServer.Png());
        var own = await site.ReadAsync(db => db.Avatars.Where(a => a.PersonId == ann.Id).Select(a => a.Picture).SingleAsync());
        var article = await site.PublishAsync("Both");
        using (var said = await ann.Browser.CommentAsync(article.Path, "Words of somebody with two pictures.")) Assert.Equal(HttpStatusCode.Found, said.StatusCode);
        var last = await site.ReadAsync(db => db.Comments.MaxAsync(c => c.Id));

        await Eventually.SeesAsync(() => site.ReadAsync(db => db.Avatars.AnyAsync(a => a.CommentId == last)));

        Assert.DoesNotContain(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ann.Email))), gravatar.Asked);
        Assert.Equal(own, await site.ReadAsync(db => db.Avatars.Where(a => a.PersonId == ann.Id).Select(a => a.Picture).SingleAsync()));
        await site.SetAsync(p => p with { Gravatar = false });
        using var reader = site.NewReader();
        Assert.Contains("&v=1", (await reader.OpenAsync(article.Path)).QuerySelector(".comment-list img.avatar")!.GetAttribute("src"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/discussion/avatar/AAAAAAA?i=%3Cscript%3E&t=3", HttpStatusCode.OK)]
    [InlineData("/discussion/avatar/AAAAAAA?i=%3C/a%3E%26&t=99999999999", HttpStatusCode.OK)]
    [InlineData("/discussion/avatar/tiny", HttpStatusCode.NotFound)]
    public async Task What_is_no_avatar_draws_nothing_of_its_own(string path, HttpStatusCode status)
    {
        using var reader = site.NewReader();
        using var answer = await reader.GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        if (status != HttpStatusCode.OK) return;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(1, text.Split("<text").Length - 1);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.DoesNotContain("</a>", text, StringComparison.Ordinal);
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    /// <summary>Stands for Gravatar.</summary>
    private sealed class PictureServer(WebApplication app) : IAsyncDisposable
    {
        private readonly Dictionary<string, byte[]> _pictures = new(StringComparer.Ordinal);

        public List<string> Asked { get; } = [];

        public string Url => $"{app.Urls.First()}/avatar/";

        public static async Task<PictureServer> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var server = new PictureServer(app);
            app.MapGet("/avatar/{hash}", (string hash) =>
            {
                lock (server.Asked) server.Asked.Add(hash);
                return server._pictures.TryGetValue(hash, out var bytes) ? Results.Bytes(bytes, "image/png") : Results.NotFound();
            });
            await app.StartAsync();
            return server;
        }

        public static byte[] Png()
        {
            using var image = NetVips.Image.Black(200, 150, bands: 3);
            return image.PngsaveBuffer();
        }

        public void Has(string email, byte[] picture) => _pictures[Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email)))] = picture;

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }

    public sealed class OnSqlite(SqliteSite site) : AvatarTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : AvatarTests(site), IClassFixture<PostgresSite>;
}
