using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace Broadsheet.Web.MediaStore;

/// <summary>Amazon's client, set so that other servers that speak S3 understand it, too.</summary>
internal static class BucketClient
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    public static AmazonS3Client Of(BucketOptions options)
    {
        var settings = new AmazonS3Config
        {
            ForcePathStyle = options.IsPathStyle,
            ConnectTimeout = ConnectTimeout,
            MaxErrorRetry = 2,
            // Otherwise checksums are framed into the body, which servers that do not know of it store as content.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint) (settings.ServiceURL, settings.AuthenticationRegion) = (endpoint.AbsoluteUri, options.Region);
        else settings.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        return options.AccessKey is { } access ? new AmazonS3Client(new BasicAWSCredentials(access, options.SecretKey), settings) : new AmazonS3Client(settings);
    }
}
