// Measures a plan in interleaved rounds and prints a table; bench/load/run.sh makes the plan.
//   side PLAN --post POST.dll [--rounds 5] [--seconds 4] [--chart FILE.svg]
//   side first-page URL PROGRAM [ARGUMENT…]      milliseconds from the program's start until its first page
// Exit 1 where an answer was wrong, a line of the plan is, or a program failed.
using System.Globalization;
using Broadsheet.Load.Side;

if (args is ["first-page", var url, var program, .. var arguments])
{
    var took = await FirstPage.OfAsync(url, program, arguments);
    Console.WriteLine(took.ToString("0", CultureInfo.InvariantCulture));
    return 0;
}
string? Named(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
if (args.Length == 0 || Named("--post") is not { } post)
{
    Console.Error.WriteLine("side PLAN --post POST.dll [--rounds 5] [--seconds 4] [--chart FILE.svg]");
    return 2;
}
try
{
    var plan = Plan.Read(args[0]);
    var bytes = await Sizes.OfAsync(plan);
    var results = await new Rounds(plan, int.Parse(Named("--rounds") ?? "5", CultureInfo.InvariantCulture), double.Parse(Named("--seconds") ?? "4", CultureInfo.InvariantCulture), post).RunAsync();
    Console.Write(Table.Of(results, bytes));
    if (Named("--chart") is { } chart) await File.WriteAllTextAsync(chart, Chart.Of(results));
    return 0;
}
catch (Exception problem) when (problem is FormatException or InvalidOperationException or HttpRequestException or IOException)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
