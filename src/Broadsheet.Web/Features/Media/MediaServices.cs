using Broadsheet.Web.Jobs;
using Broadsheet.Web.MediaStore;

namespace Broadsheet.Web.Features.Media;

/// <summary>What the room of uploaded files needs.</summary>
internal static class MediaServices
{
    /// <param name="bucket">Null: they lie in <paramref name="mediaFolder"/>.</param>
    /// <param name="cacheFolder">For what this node keeps of the bucket.</param>
    public static IServiceCollection AddMedia(this IServiceCollection services, string mediaFolder, BucketOptions? bucket, string cacheFolder) => services.AddFiles(mediaFolder, bucket, cacheFolder)
        .AddSingleton<UploadedFiles>().AddSingleton<KeptFiles>().AddSingleton<RenditionFolder>().AddSingleton<Renditions>().AddSingleton<RenditionWishes>().AddSingleton<ShowUpload>()
        .AddSingleton<IJob, MakeRenditions>().AddSingleton<IRecurring, SweepRenditions>().AddSingleton<IRecurring, LookForMoving>();

    private static IServiceCollection AddFiles(this IServiceCollection services, string mediaFolder, BucketOptions? bucket, string cacheFolder) => bucket is null
        ? services.AddSingleton<IMediaStore>(new DiskMediaStore(mediaFolder)).AddSingleton<IUnfinishedFiles>(new DiskUnfinishedFiles(mediaFolder))
        : services.AddSingleton(bucket).AddSingleton<Bucket>().AddSingleton<BucketMemory>().AddSingleton(s => new BucketCache(cacheFolder, bucket.CacheBytes))
            .AddSingleton<IMediaStore, BucketMediaStore>().AddSingleton<IUnfinishedFiles, BucketUnfinishedFiles>();
}
