using Broadsheet.Web.Caching;
using Microsoft.AspNetCore.Http;

namespace Broadsheet.Web.Tests.Caching;

public sealed class WholeBodyTests
{
    private readonly HttpResponse _response = new DefaultHttpContext().Response;

    [Theory]
    [InlineData(6L, 6)]
    [InlineData(6L, 2)]
    [InlineData(null, 6)]
    [InlineData(null, 1)]
    public async Task A_body_is_whole_however_it_comes(long? told, int piece)
    {
        byte[] bytes = [1, 2, 3, 4, 5, 6];
        _response.ContentLength = told;
        await using var body = new WholeBody(_response);

        for (var at = 0; at < bytes.Length; at += piece) await body.WriteAsync(bytes.AsMemory(at, piece));

        Assert.Equal(bytes, body.ToArray());
    }

    /// <summary>As an error page does with half of a page.</summary>
    [Theory]
    [InlineData(3L)]
    [InlineData(null)]
    public async Task A_response_that_is_begun_anew_has_nothing_of_before(long? told)
    {
        var http = new DefaultHttpContext();
        await using var body = new WholeBody(http.Response);
        http.Features.Set<Microsoft.AspNetCore.Http.Features.IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        http.Response.ContentLength = told;
        await http.Response.Body.WriteAsync(new byte[] { 1, 2, 3 });

        http.Response.Clear();
        await http.Response.Body.WriteAsync(new byte[] { 4 });

        Assert.Equal([4], body.ToArray());
    }

    [Fact]
    public async Task The_array_is_its_own()
    {
        byte[] bytes = [1, 2, 3];
        _response.ContentLength = 3;
        await using var body = new WholeBody(_response);
        await body.WriteAsync(bytes);
        bytes[0] = 9;

        Assert.Equal([1, 2, 3], body.ToArray());
        Assert.Throws<InvalidOperationException>(() => body.Write([4]));
    }
}
