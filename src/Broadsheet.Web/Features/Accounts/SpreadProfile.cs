using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;

namespace Broadsheet.Web.Features.Accounts;

/// <summary>After somebody has taken another name or link: their comments show it, some at a time, so that others write in between.</summary>
internal sealed class SpreadProfile(Writes writes) : IJob
{
    private const int Most = 200;

    public string Name => ProfileLedger.SpreadJob;

    public async Task RunAsync(string payload, CancellationToken ct)
    {
        var person = long.Parse(payload, CultureInfo.InvariantCulture);
        while (await writes.RunAsync((scope, token) => ProfileLedger.SpreadAsync(scope, person, Most, token), ct) == Most) await writes.YieldAsync(ct);
    }
}
