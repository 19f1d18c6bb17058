using Spectre.Console;

namespace Broadsheet.Web.Features.Transfer;

/// <summary>Progress on standard error, where a person sits in front of it: what is being done, how much of it, and how long it will take.</summary>
internal sealed class ImportBar(ProgressContext context) : IImportWatcher
{
    private ProgressTask? _task;

    /// <summary>Runs <paramref name="work"/> with a bar on a terminal; without one elsewhere.</summary>
    public static Task<T> ShowAsync<T>(Func<IImportWatcher, Task<T>> work)
    {
        if (Console.IsErrorRedirected) return work(NoWatcher.Instance);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(progress => work(new ImportBar(progress)));
    }

    public void Says(string what) => Begin(what, 1);

    public Action<long>? Reading(string what, long totalBytes, ImportProgress? progress)
    {
        var task = Begin(what, totalBytes);
        return bytes =>
        {
            task.Value = bytes;
            if (progress is not null) task.Description = $"{what}: {progress.Posts.Written + progress.Pages.Written + progress.Other.Written:N0} articles, {progress.Comments.Written:N0} comments";
        };
    }

    public Action<long, long>? Media()
    {
        var task = Begin("Media", 1);
        return (done, total) =>
        {
            (task.MaxValue, task.Value) = (total, done);
            task.Description = $"Media: {done:N0} of {total:N0}";
        };
    }

    private ProgressTask Begin(string what, long total)
    {
        _task?.StopTask();
        return _task = context.AddTask(what, maxValue: Math.Max(1, total));
    }
}
