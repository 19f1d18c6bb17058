// Readers and writers at a cluster (eng/cluster.sh) while parts of it fail; counts what they see, and what is lost.
//   cluster [--only NAME[,NAME…]] [--readers 6] [--writers 3] [--keep]
// Exit 1 where an accepted comment is not in the database, or a part did not come back.
using System.Globalization;
using Broadsheet.Cluster;

string? Named(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
int Number(string name, int otherwise) => Named(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
try
{
    var cluster = await ClusterScript.UpAsync();
    try
    {
        var only = Named("--only")?.Split(',');
        var table = new ResultTable();
        foreach (var scenario in Scenarios.All.Where(s => only is null || only.Contains(s.Name)))
        {
            Console.Error.WriteLine($"{scenario.Name}: {scenario.What}");
            table.Add(await scenario.RunAsync(cluster, Number("--readers", 6), Number("--writers", 3)));
        }
        Console.Write(table.Text);
        return table.IsWhole ? 0 : 1;
    }
    finally
    {
        if (!args.Contains("--keep")) await cluster.RunAsync("down", "--purge");
    }
}
catch (Exception problem) when (problem is FormatException or InvalidOperationException or HttpRequestException or IOException)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
