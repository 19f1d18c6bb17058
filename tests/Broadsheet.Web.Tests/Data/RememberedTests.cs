using Broadsheet.Web.Data;

namespace Broadsheet.Web.Tests.Data;

public sealed class RememberedTests
{
    [Fact]
    public async Task Who_asks_after_a_change_is_never_given_what_was_read_before_it()
    {
        var (stored, readings, gate) = ("old", 0, new TaskCompletionSource());
        var remembered = new Remembered<string>(async () =>
        {
            var read = stored;
            if (Interlocked.Increment(ref readings) == 1) await gate.Task;
            return read;
        });
        var early = remembered.GetAsync(CancellationToken.None).AsTask();
        while (Volatile.Read(ref readings) == 0) await Task.Yield();
        stored = "new";
        remembered.Forget();

        Assert.Equal("new", await remembered.GetAsync(CancellationToken.None));
        gate.SetResult();
        Assert.Equal("old", await early);
        Assert.Equal("new", await remembered.GetAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Many_at_once_share_a_reading_and_one_who_leaves_does_not_end_it()
    {
        var (readings, gate) = (0, new TaskCompletionSource());
        var remembered = new Remembered<string>(async () =>
        {
            Interlocked.Increment(ref readings);
            await gate.Task;
            return "read";
        });
        using var leaving = new CancellationTokenSource();
        var gone = remembered.GetAsync(leaving.Token).AsTask();
        var others = Enumerable.Range(0, 20).Select(_ => remembered.GetAsync(CancellationToken.None).AsTask()).ToList();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        gate.SetResult();

        Assert.All(await Task.WhenAll(others), r => Assert.Equal("read", r));
        Assert.Equal(1, readings);
    }

    [Fact]
    public async Task A_reading_that_failed_is_tried_again()
    {
        var readings = 0;
        var remembered = new Remembered<string>(() => ++readings == 1 ? throw new TimeoutException() : Task.FromResult("read"));

        await Assert.ThrowsAsync<TimeoutException>(() => remembered.GetAsync(CancellationToken.None).AsTask());
        Assert.Equal("read", await remembered.GetAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_change_has_it_read_again_only_where_it_was_in_use()
    {
        var readings = 0;
        var remembered = new Remembered<string>(() => Task.FromResult($"{Interlocked.Increment(ref readings)}"));
        remembered.Forget();
        Assert.Equal("1", await remembered.GetAsync(CancellationToken.None));
        remembered.Forget();
        while (Volatile.Read(ref readings) == 1) await Task.Yield();

        Assert.Equal("2", await remembered.GetAsync(CancellationToken.None));
    }
}
