namespace Broadsheet.Web.Jobs;

/// <summary>Work that was asked for in the outbox. May run twice (the program may stop between the work and its note of it): it must not matter.</summary>
internal interface IJob
{
    /// <summary>What the outbox calls it.</summary>
    string Name { get; }

    Task RunAsync(string payload, CancellationToken ct);
}

/// <summary>Work that is due again and again, whether or not a visitor comes by.</summary>
internal interface IRecurring
{
    TimeSpan Every { get; }

    /// <returns>There is more to do at once.</returns>
    Task<bool> RunAsync(CancellationToken ct);
}

/// <param name="Look">How often the outbox and the queue of mails are looked at, that is how long a mail waits at most.</param>
internal sealed record JobPace(TimeSpan Look);
