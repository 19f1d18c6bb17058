using Broadsheet.Core;
using Broadsheet.Web.Hosting;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Extensions.Configuration;

namespace Broadsheet.Web.Tests.MediaStore;

/// <summary>Wrong configuration stops the start with one line that names the key and no secret.</summary>
public sealed class BucketCheckTests(S3Server server) : IClassFixture<S3Server>
{
    private const string Secret = "very-secret-word";

    [Theory]
    [InlineData("Media:Store", "Media:Store=Tape")]
    [InlineData("Media:S3:Bucket", "Media:Store=S3", "Media:S3:Endpoint=http://127.0.0.1:9")]
    [InlineData("Media:S3:Region", "Media:Store=S3", "Media:S3:Bucket=media")]
    [InlineData("Media:S3:Endpoint", "Media:Store=S3", "Media:S3:Bucket=media", "Media:S3:Endpoint=s3.example.org")]
    [InlineData("Media:S3:Endpoint", "Media:Store=S3", "Media:S3:Bucket=media", "Media:S3:Endpoint=https://me:very-secret-word@s3.example.org")]
    [InlineData("Media:S3:SecretKey", "Media:Store=S3", "Media:S3:Bucket=media", "Media:S3:Region=eu-west-1", "Media:S3:AccessKey=me")]
    [InlineData("Media:S3:AccessKey", "Media:Store=S3", "Media:S3:Bucket=media", "Media:S3:Region=eu-west-1", "Media:S3:SecretKey=very-secret-word")]
    [InlineData("Media:S3:Prefix", "Media:Store=S3", "Media:S3:Bucket=media", "Media:S3:Region=eu-west-1", "Media:S3:Prefix=../up")]
    [InlineData("Media:S3:PathStyle", "Media:Store=S3", "Media:S3:Bucket=media", "Media:S3:Region=eu-west-1", "Media:S3:PathStyle=maybe")]
    [InlineData("Media:S3:CacheMB", "Media:Store=S3", "Media:S3:Bucket=media", "Media:S3:Region=eu-west-1", "Media:S3:CacheMB=0")]
    public void What_is_missing_or_wrong_is_named(string key, params string[] written) => AssertNames(key, SiteOptions.Read(Configuration(written), "data").Problem);

    [Fact]
    public void Without_a_word_of_it_media_lie_on_the_disk() => Assert.Null(SiteOptions.Read(Configuration([]), "data").Value.Bucket);

    [Theory]
    [InlineData("Media:S3:Bucket", "Media:S3:Bucket=nowhere")]
    [InlineData("Media:S3:AccessKey", "Media:S3:AccessKey=somebody")]
    [InlineData("Media:S3:Endpoint", "Media:S3:Endpoint=http://127.0.0.1:9")]
    public async Task What_the_server_refuses_is_named(string key, string written)
    {
        await server.StartAsync();

        AssertNames(key, await CheckAsync(written));
    }

    [Theory]
    [InlineData("Media:S3:Bucket", "AccessDenied")]
    [InlineData("Media:S3:SecretKey", "SignatureDoesNotMatch")]
    [InlineData("Media:S3:Region", "AuthorizationHeaderMalformed")]
    public async Task A_bucket_that_takes_no_writing_is_named_and_a_good_one_is_left_as_it_was(string key, string code)
    {
        await server.StartAsync();
        await server.RefuseAsync(code);
        var refused = await CheckAsync("Media:S3:Region=us-east-1");
        await server.RefuseAsync("");

        AssertNames(key, refused);
        Assert.Null(await CheckAsync("Media:S3:Region=us-east-1"));
        using var node = new BucketNode(server, "check");
        Assert.Empty(await MediaStoreTests.ListAsync(node.Store, ""));
    }

    private Task<Problem?> CheckAsync(string written) =>
        BucketCheck.RunAsync(BucketOptions.Read(Configuration([.. server.Arguments("check").Select(a => a[2..]), written])).Value!, TestContext.Current.CancellationToken);

    private static void AssertNames(string key, Problem? problem)
    {
        Assert.Equal(key, problem?.Field);
        Assert.StartsWith(key, problem!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
        Assert.DoesNotContain(Secret, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("S3RVER", problem.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Configuration(string[] written) => new ConfigurationBuilder().AddCommandLine(written).Build();
}
