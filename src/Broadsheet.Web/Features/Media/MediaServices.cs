using Broadsheet.Web.Jobs;
using Broadsheet.Web.MediaStore;

namespace Broadsheet.Web.Features.Media;

/// <summary>What the room of uploaded files needs.</summary>
internal static class MediaServices
{
    public static IServiceCollection AddMedia(this IServiceCollection services, string mediaFolder) => services
        .AddSingleton<IMediaStore>(new DiskMediaStore(mediaFolder)).AddSingleton<IUnfinishedFiles>(new DiskUnfinishedFiles(mediaFolder))
        .AddSingleton<UploadedFiles>().AddSingleton<KeptFiles>().AddSingleton<RenditionFolder>().AddSingleton<Renditions>().AddSingleton<RenditionWishes>().AddSingleton<ShowUpload>()
        .AddSingleton<IJob, MakeRenditions>().AddSingleton<IRecurring, SweepRenditions>();
}
