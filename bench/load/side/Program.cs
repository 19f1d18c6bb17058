// Measures a plan in interleaved rounds and prints a table; bench/load/run.sh and curves.sh make plans.
//   side PLAN --post POST.dll [--rounds 5] [--seconds 4] [--chart FILE.svg] [--curves]
//   side PLAN --estimate [--rounds 5] [--seconds 4] [--curves]      seconds that it will take, about
//   side first-page URL PROGRAM [ARGUMENT…]      milliseconds from the program's start until its first page
//   side watch URL ARTICLE COUNT IDLE PID…       what COUNT streams of a discussion take, IDLE seconds of them without a word; see Watching
//   side mail-sink PORT FILE                     takes letters until it is stopped; how many, is in FILE
// Exit 1 where the plan is wrong or a program failed; a cell that fails says so in the table.
using System.Globalization;
using Broadsheet.Load.Side;

string? Named(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
double Number(string name, double otherwise) => Named(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
try
{
    switch (args)
    {
        case ["first-page", var url, var program, .. var arguments]:
            Console.WriteLine((await FirstPage.OfAsync(url, program, arguments)).ToString("0", CultureInfo.InvariantCulture));
            return 0;
        case ["watch", var site, var article, var count, var idle, .. var processes]:
            using (var watching = new Watching(new Uri(site), long.Parse(article, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture)))
                Console.WriteLine(string.Join(' ', (await watching.MeasureAsync([.. processes.Select(p => int.Parse(p, CultureInfo.InvariantCulture))], double.Parse(idle, CultureInfo.InvariantCulture), comments: 5)).Select(f => f.ToString("0.00", CultureInfo.InvariantCulture))));
            return 0;
        case ["mail-sink", var port, var file]:
            await new MailSink(int.Parse(port, CultureInfo.InvariantCulture), file).RunAsync();
            return 0;
        case [var given, ..] when args.Contains("--estimate"):
            Console.WriteLine(Plan.Estimate(Plan.Read(given), (int)Number("--rounds", 5), Number("--seconds", 4), args.Contains("--curves")).TotalSeconds.ToString("0", CultureInfo.InvariantCulture));
            return 0;
        case [var given, ..] when Named("--post") is { } post:
            var plan = Plan.Read(given);
            var bytes = await Sizes.OfAsync(plan);
            var results = await new Rounds(plan, (int)Number("--rounds", 5), Number("--seconds", 4), post, args.Contains("--curves")).RunAsync();
            Console.Write(args.Contains("--curves") ? CurveTable.Of(results) : Table.Of(results, bytes));
            if (Named("--chart") is { } chart) await File.WriteAllTextAsync(chart, Chart.Of(results));
            return 0;
        default:
            Console.Error.WriteLine("side PLAN --post POST.dll | side PLAN --estimate | side first-page … | side watch … | side mail-sink …: see Program.cs");
            return 2;
    }
}
catch (Exception problem) when (problem is FormatException or InvalidOperationException or HttpRequestException or IOException)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
