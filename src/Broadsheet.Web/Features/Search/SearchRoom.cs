using Broadsheet.Web.Jobs;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Search;

/// <summary>Full-text search over articles and comments.</summary>
internal static class SearchRoom
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services.AddSingleton<IShowAddress, ShowSearch>().AddSingleton<IRecurring, IndexSearch>();
}
