using System.IO.Compression;
using System.Text;
using Broadsheet.Web.Caching;
using Microsoft.Extensions.Primitives;

namespace Broadsheet.Web.Tests.Caching;

/// <summary>What lies between the nodes can lose a page or give back an old one, but make none.</summary>
public sealed class PagePacketTests
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("the publication's own");
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly string Words = string.Concat(Enumerable.Repeat("<p>Words — and more.</p>", 100));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_page_comes_out_as_it_went_in(bool isPacked)
    {
        var page = PageOf(Words);

        var packet = PagePacket.Read(PagePacket.Write("/a/", page, 42, Now, isPacked ? Gzip(page.Identity) : [], Secret), "/a/", Secret)!;

        Assert.Equal((42, Now), (packet.Position, packet.At));
        Assert.Equal(Words, Encoding.UTF8.GetString(packet.Page.Identity));
        Assert.Equal(page.ETag, packet.Page.ETag);
        Assert.Equal(page.Headers, packet.Page.Headers);
        Assert.Equal(page.Tags, packet.Page.Tags);
        Assert.Equal((page.ContentType, page.IsForGuests, page.Until, page.LastModified), (packet.Page.ContentType, packet.Page.IsForGuests, packet.Page.Until, packet.Page.LastModified));
        Assert.Equal(isPacked, packet.Page.Gzip is not null);
    }

    [Fact]
    public void One_that_was_changed_anywhere_is_none()
    {
        var bytes = PagePacket.Write("/a/", PageOf("Short."), 42, Now, [], Secret);

        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 1;
            Assert.Null(PagePacket.Read(changed, "/a/", Secret));
        }
    }

    [Fact]
    public void Pages_of_another_address_another_publication_and_cut_ones_are_none()
    {
        var bytes = PagePacket.Write("/a/", PageOf("Short."), 42, Now, [], Secret);

        Assert.NotNull(PagePacket.Read(bytes, "/a/", Secret));
        Assert.Null(PagePacket.Read(bytes, "/b/", Secret));
        Assert.Null(PagePacket.Read(bytes, "/a/", Encoding.UTF8.GetBytes("another's")));
        for (var length = 0; length < bytes.Length; length++) Assert.Null(PagePacket.Read(bytes[..length], "/a/", Secret));
    }

    [Fact]
    public void A_body_that_is_not_as_long_as_it_says_is_none()
    {
        Assert.Null(PagePacket.Read(PagePacket.Write("/a/", PageOf(Words), 42, Now, Gzip("Shorter."u8.ToArray()), Secret), "/a/", Secret));
        Assert.Null(PagePacket.Read(PagePacket.Write("/a/", PageOf("Short."), 42, Now, Gzip(Encoding.UTF8.GetBytes(Words)), Secret), "/a/", Secret));
        Assert.Null(PagePacket.Read(PagePacket.Write("/a/", PageOf(Words), 42, Now, "no gzip"u8, Secret), "/a/", Secret));
    }

    private static CachedPage PageOf(string words) => CachedPage.Of(
        "text/html; charset=utf-8", [new("Last-Modified", "Wed, 04 Mar 2026 05:06:07 GMT"), new("Link", new StringValues(["</>; rel=home", "</feed/>; rel=alternate"]))], Encoding.UTF8.GetBytes(words), ["article:1", "home"], isForGuests: true, Now.AddHours(1));

    private static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(bytes);
        return output.ToArray();
    }
}
