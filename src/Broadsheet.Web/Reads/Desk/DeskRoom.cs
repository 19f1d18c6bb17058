namespace Broadsheet.Web.Reads.Desk;

/// <summary>What the rooms with forms share: the frame around their pages, and the guard at the door.</summary>
internal static class DeskRoom
{
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddRazorComponents();
        return services.AddSingleton<DeskPages>().AddSingleton<DeskGuard>().AddSingleton<Notices>();
    }
}
