using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Accounts.Leaving;

/// <summary>Deletes the accounts whose day of grace is over: comments first, some at a time, so that others write in between; it goes on after a stop.</summary>
internal sealed partial class ForgetPeople(IDatabaseEngine engine, Writes writes, TimeProvider clock, ILogger<ForgetPeople> log) : IRecurring
{
    private const int Most = 100;

    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await using var db = engine.Open();
        foreach (var id in await LeavingLedger.Due(db, clock.GetUtcNow()).Take(20).ToListAsync(ct))
        {
            try
            {
                while (await writes.RunAsync((scope, token) => LeavingLedger.LetGoAsync(scope, id, Most, token), ct) == Most) await writes.YieldAsync(ct);
                await writes.RunAsync((scope, token) => LeavingLedger.EndAsync(scope, id, token), ct);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The others are not to wait for what is wrong with this one.
                Log.NotDeleted(log, id, failure);
            }
        }
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 8101, Level = LogLevel.Error, Message = "The account {Id} could not be deleted and will be tried again")]
        public static partial void NotDeleted(ILogger log, long id, Exception failure);
    }
}
