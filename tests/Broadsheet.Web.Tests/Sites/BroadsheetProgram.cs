using System.Diagnostics;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>
/// The program itself, as a process: the published one that <c>BROADSHEET_PROGRAM</c> names (<c>eng/test.sh --full</c> publishes it: users have it so, and it
/// starts in two thirds of the time), else what was built.
/// </summary>
internal static class BroadsheetProgram
{
    private static readonly string? Published = Environment.GetEnvironmentVariable("BROADSHEET_PROGRAM");

    public static ProcessStartInfo With(params IEnumerable<string> arguments)
    {
        var start = string.IsNullOrEmpty(Published) ? new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "broadsheet.dll"), .. arguments]) : new ProcessStartInfo(Published, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        return start;
    }

    public static Process Start(params IEnumerable<string> arguments) => Process.Start(With(arguments))!;

    public static Task<(int Code, string Output, string Errors)> RunAsync(params IEnumerable<string> arguments) => RunAsync(With(arguments), null);

    /// <param name="input">What stands on its standard input; null: it has ours.</param>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(ProcessStartInfo start, string? input)
    {
        start.RedirectStandardInput = input is not null;
        using var process = Process.Start(start)!;
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
