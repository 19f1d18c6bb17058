namespace Broadsheet.Web.Data;

/// <summary>A restore is good when every table has as many rows as its backup counted.</summary>
internal static class BackupDifference
{
    /// <exception cref="InvalidDataException">Names the first table that differs.</exception>
    public static void ThrowIfAny(IReadOnlyDictionary<string, long> expected, IReadOnlyDictionary<string, long> found)
    {
        foreach (var (table, rows) in expected)
            if (found.GetValueOrDefault(table) is var here && here != rows) throw new InvalidDataException($"its table {table} has {here} rows instead of {rows}.");
    }
}
