using Broadsheet.Core.People;
using Broadsheet.Web.Features.Curation.Hubs;
using Broadsheet.Web.Features.Curation.Originals;
using Broadsheet.Web.Features.Curation.Outlets;
using Broadsheet.Web.Features.Curation.Wire;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Curation;

/// <summary>Where other outlets' stories come in and are republished with credit.</summary>
internal static class CurationRoom
{
    public static IServiceCollection AddCuration(this IServiceCollection services) => services
        .AddSingleton<FetchFeed>().AddSingleton<FindFeed>().AddSingleton<PollOutlet>().AddSingleton<AskHub>().AddSingleton<HearHub>()
        .AddSingleton<IRecurring, PollOutlets>().AddSingleton<IRecurring, PurgeWire>()
        .AddSingleton<ShowOutlets>().AddSingleton<EditOutlet>().AddSingleton<ChangeOutlets>().AddSingleton<OutletLists>()
        .AddSingleton<ReadPage>().AddSingleton<ShowWire>().AddSingleton<ShowStory>().AddSingleton<DecideStory>().AddSingleton<NominateStory>().AddSingleton<RepublishStory>()
        .AddSingleton<IRecurring, CheckOriginals>().AddSingleton<ShowOriginals>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        HearHub.Map(routes);
        var outlets = routes.MapDesk("/newsroom/outlets", Permission.Curate);
        ShowOutlets.Map(outlets);
        OutletLists.Map(outlets);
        EditOutlet.Map(outlets);
        ChangeOutlets.Map(outlets);
        NominateStory.Map(routes.MapDesk("/newsroom/wire/nominate", Permission.WriteDrafts));
        NominateStory.MapManifest(routes.MapDesk("/newsroom", null));
        var wire = routes.MapDesk("/newsroom/wire", Permission.Curate);
        ShowWire.Map(wire);
        ShowStory.Map(wire);
        DecideStory.Map(wire);
        RepublishStory.Map(wire);
        ShowOriginals.Map(wire);
    }
}
