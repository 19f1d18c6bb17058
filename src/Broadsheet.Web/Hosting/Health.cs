using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Hosting;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it can serve, its database too, and is not about to stop.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Text("ok\n"));
        routes.MapGet("/readyz", async (IDatabaseEngine engine, Draining draining, CancellationToken ct) =>
        {
            if (draining.IsOn) return TypedResults.Text("stopping\n", statusCode: StatusCodes.Status503ServiceUnavailable);
            try
            {
                await using var db = engine.Open();
                await db.Settings.AnyAsync(ct);
                return (IResult)TypedResults.Text("ready\n");
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                return TypedResults.Text("the database does not answer\n", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
    }
}
