namespace Broadsheet.Web.Data;

/// <summary>
/// Something small that many need and few writes change, read once and held in memory. Who asks after <see cref="Forget"/> is never
/// given what was read before it; those who ask at once share one reading; and what was in use is read again by the change, not by the next page.
/// </summary>
/// <param name="read">Reads it from the database.</param>
internal sealed class Remembered<T>(Func<Task<T>> read) where T : class
{
    private Task<T>? _reading;

    public ValueTask<T> GetAsync(CancellationToken ct)
    {
        var reading = Volatile.Read(ref _reading);
        if (reading is { IsCompletedSuccessfully: true }) return new ValueTask<T>(reading);
        return new ValueTask<T>((reading is null or { IsCompleted: true } ? Begin(reading) : reading).WaitAsync(ct));
    }

    /// <summary>After a commit that changed it. One that nobody has asked for stays unread.</summary>
    public void Forget()
    {
        var before = Volatile.Read(ref _reading);
        while (before is not null)
        {
            var begun = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            var found = Interlocked.CompareExchange(ref _reading, begun.Task, before);
            if (found == before)
            {
                Run(begun);
                return;
            }
            before = found;
        }
    }

    /// <param name="failed">What stands there now: nothing, or a reading that failed.</param>
    private Task<T> Begin(Task<T>? failed)
    {
        var begun = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var found = Interlocked.CompareExchange(ref _reading, begun.Task, failed);
        if (found != failed) return found!;
        Run(begun);
        return begun.Task;
    }

    /// <summary>Not on the thread of the one who asked: its time is a reader's, or a commit's.</summary>
    private void Run(TaskCompletionSource<T> begun) => _ = Task.Run(async () =>
    {
        try
        {
            begun.SetResult(await read());
        }
        catch (Exception failure)
        {
            begun.SetException(failure);
            _ = begun.Task.Exception;
        }
    });
}
