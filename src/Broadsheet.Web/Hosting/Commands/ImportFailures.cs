using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Transfer;

namespace Broadsheet.Web.Hosting.Commands;

/// <summary>What an import that cannot go on says, in one line, and its exit code.</summary>
internal static class ImportFailures
{
    /// <param name="csv">The file of comma-separated values, to be named with what is wrong in it; null where there is none.</param>
    public static async Task<int> CatchAsync(IDatabaseEngine engine, string? csv, Func<Task<int>> import, CancellationToken ct)
    {
        try
        {
            return await import();
        }
        catch (CsvFormatException problem)
        {
            return CommandLine.Fail($"{csv}, {problem.Message}");
        }
        catch (WxrFormatException problem)
        {
            return CommandLine.Fail(problem.Message);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return CommandLine.Fail("stopped; the same command goes on from here");
        }
        catch (StorageException problem)
        {
            return CommandLine.Fail($"{problem.Message} The same command goes on from here.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException || engine.AsStorageTrouble(problem) is not null)
        {
            return CommandLine.Fail(engine.AsStorageTrouble(problem)?.InnerException?.Message ?? problem.Message);
        }
    }
}
