using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Broadsheet.Core;

namespace Broadsheet.Web.MediaStore;

/// <summary>Tries at the start what the program will do with its bucket: write, read, remove, list. What fails, fails then, and names the key of the configuration.</summary>
internal static class BucketCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <returns>Null where all is well.</returns>
    public static async Task<Problem?> RunAsync(BucketOptions options, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        var doing = "writing";
        try
        {
            using var client = BucketClient.Of(options);
            var (key, text) = ($"{options.Prefix}{MediaName.Incoming}check-{Path.GetRandomFileName()}", Path.GetRandomFileName());
            await client.PutObjectAsync(new PutObjectRequest { BucketName = options.Name, Key = key, ContentBody = text, UseChunkEncoding = false }, limit.Token);
            doing = "reading";
            string back;
            using (var found = await client.GetObjectAsync(options.Name, key, limit.Token))
            using (var reader = new StreamReader(found.ResponseStream)) back = await reader.ReadToEndAsync(limit.Token);
            doing = "removing";
            await client.DeleteObjectAsync(options.Name, key, limit.Token);
            doing = "listing";
            await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = options.Name, Prefix = options.Prefix + MediaName.Incoming, MaxKeys = 1 }, limit.Token);
            return back == text ? null : new Problem("Media:S3:Endpoint", $"Media:S3:Endpoint: {options} gives back something else than was written.");
        }
        catch (AmazonServiceException refusal) when ((int)refusal.StatusCode > 0)
        {
            return Of(options, refusal, doing);
        }
        catch (AmazonClientException) when (options.AccessKey is null)
        {
            return new Problem("Media:S3:AccessKey", "Media:S3:AccessKey is not set, and neither the environment nor this machine has keys for S3.");
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && failure is AmazonClientException or AmazonServiceException or HttpRequestException or IOException or OperationCanceledException)
        {
            var key = options.Endpoint is null ? "Media:S3:Region" : "Media:S3:Endpoint";
            return new Problem(key, $"{key}: {options.Endpoint?.Authority ?? options.Region} does not answer.");
        }
    }

    private static Problem Of(BucketOptions options, AmazonServiceException refusal, string doing) => refusal.ErrorCode switch
    {
        "NoSuchBucket" => new Problem("Media:S3:Bucket", $"Media:S3:Bucket: there is no bucket {options}."),
        "InvalidBucketName" => new Problem("Media:S3:Bucket", $"Media:S3:Bucket is “{options.Name}”, which is no name for a bucket."),
        "InvalidAccessKeyId" => new Problem("Media:S3:AccessKey", $"Media:S3:AccessKey is not known at {options.Endpoint?.Authority ?? options.Region}."),
        "SignatureDoesNotMatch" => new Problem("Media:S3:SecretKey", "Media:S3:SecretKey does not belong to Media:S3:AccessKey."),
        "AuthorizationHeaderMalformed" or "PermanentRedirect" or "IllegalLocationConstraintException" => new Problem("Media:S3:Region", $"Media:S3:Region is “{options.Region}”; the bucket {options.Name} is in another."),
        var code => new Problem("Media:S3:Bucket", $"Media:S3:Bucket: the bucket {options} allows no {doing} ({code})."),
    };
}
