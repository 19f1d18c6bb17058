using System.Globalization;

namespace Broadsheet.Benchmarks.Seeding.Content;

/// <summary>Writes rows for MySQL, a few hundred in a statement. Values are ours: whole numbers, times, and texts of letters, digits and simple signs.</summary>
internal sealed class SqlRows(TextWriter sql, string table, string columns)
{
    private const int InOneStatement = 200;
    private int _written;

    public void Add(params ReadOnlySpan<object> values)
    {
        sql.Write(_written++ % InOneStatement == 0 ? $"{(_written == 1 ? "" : ";\n")}INSERT INTO {table} ({columns}) VALUES\n(" : ",\n(");
        for (var i = 0; i < values.Length; i++) sql.Write((i == 0 ? "" : ",") + Literal(values[i]));
        sql.Write(')');
    }

    public void End() => sql.Write(_written == 0 ? "" : ";\n");

    private static string Literal(object value) => value switch
    {
        int number => number.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset at => string.Create(CultureInfo.InvariantCulture, $"'{at:yyyy-MM-dd HH:mm:ss}'"),
        SqlNull => "NULL",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        _ => throw new ArgumentException($"There is no literal for {value.GetType()}", nameof(value)),
    };
}

internal sealed class SqlNull
{
    public static readonly SqlNull Value = new();
}
