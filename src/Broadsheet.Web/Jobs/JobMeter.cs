using System.Diagnostics.Metrics;

namespace Broadsheet.Web.Jobs;

/// <summary>What became of jobs.</summary>
internal sealed class JobMeter
{
    public const string Name = "Broadsheet.Jobs";

    private readonly Counter<long> _finished;

    public JobMeter(IMeterFactory meters) => _finished = meters.Create(Name).CreateCounter<long>("broadsheet.jobs.finished", "{job}", "Jobs that were done, failed and will be tried again, or were parked for a person to see");

    public void Finished(string job, string outcome) => _finished.Add(1, new KeyValuePair<string, object?>("job", job), new KeyValuePair<string, object?>("outcome", outcome));
}
