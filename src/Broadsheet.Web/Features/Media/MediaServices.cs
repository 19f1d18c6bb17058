using Broadsheet.Web.Jobs;
using Broadsheet.Web.MediaStore;

namespace Broadsheet.Web.Features.Media;

/// <summary>What the room of uploaded files needs.</summary>
internal static class MediaServices
{
    public static IServiceCollection AddMedia(this IServiceCollection services, string mediaFolder) => services
        .AddSingleton(new DiskMediaStore(mediaFolder)).AddSingleton(new RenditionFolder(mediaFolder)).AddSingleton<Renditions>().AddSingleton<RenditionWishes>().AddSingleton<ShowUpload>()
        .AddSingleton<IJob, MakeRenditions>().AddSingleton<IRecurring, SweepRenditions>();
}
