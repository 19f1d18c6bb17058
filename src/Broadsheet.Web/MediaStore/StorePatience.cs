namespace Broadsheet.Web.MediaStore;

/// <summary>Does again what fails because the store does not answer, for those who have time. Once they have waited in vain, nothing is waited for until something succeeds.</summary>
/// <param name="most">So long one work is tried.</param>
internal sealed class StorePatience(TimeSpan most, TimeProvider clock)
{
    private static readonly TimeSpan Pause = Bucket.Rest + TimeSpan.FromMilliseconds(100);

    private volatile bool _isSpent;

    /// <exception cref="MediaAwayException">The store did not answer for so long.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        for (var began = clock.GetTimestamp(); ; await Task.Delay(Pause, clock, ct))
        {
            try
            {
                var done = await work();
                _isSpent = false;
                return done;
            }
            catch (MediaAwayException) when (!_isSpent && clock.GetElapsedTime(began) < most)
            {
                // Again, after a pause.
            }
            catch (MediaAwayException)
            {
                _isSpent = true;
                throw;
            }
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<Task> work, CancellationToken ct) => RunAsync(async () =>
    {
        await work();
        return true;
    }, ct);
}
