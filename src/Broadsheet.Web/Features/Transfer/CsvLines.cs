using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Broadsheet.Web.Features.Transfer;

/// <summary>The file is not as it must be.</summary>
internal sealed class CsvFormatException(int line, string what) : Exception(string.Create(CultureInfo.InvariantCulture, $"line {line}: {what}"));

/// <summary>Comma-separated values (RFC 4180, UTF-8) with a heading, line by line: memory does not grow with the file.</summary>
internal static class CsvLines
{
    private const int MaxFieldLength = 10_000;

    /// <param name="checkHeading">Gets the columns' names in lower case; throws where they will not do.</param>
    /// <param name="read">Makes something of a line.</param>
    /// <param name="example">Of a heading, for the complaint about an empty file.</param>
    /// <exception cref="CsvFormatException">What is wrong, with its line.</exception>
    public static IEnumerable<T> Read<T>(Stream stream, string example, Action<IReadOnlyList<string>> checkHeading, Func<CsvLine, T> read, Action<long>? readSoFar = null) where T : class
    {
        using var text = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            PrepareHeaderForMatch = h => h.Header.Trim().ToLowerInvariant(),
            TrimOptions = TrimOptions.Trim,
            MissingFieldFound = null,
            MaxFieldSize = MaxFieldLength,
        });
        if (!Careful(csv, _ => csv.Read() && csv.ReadHeader())) throw new CsvFormatException(1, $"the file is empty: it needs a heading such as {example}");
        var names = csv.HeaderRecord!.Select(h => h.Trim().ToLowerInvariant()).ToList();
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count) throw new CsvFormatException(1, "a column is there twice");
        checkHeading(names);
        while (Careful(csv, line => csv.Read() ? read(new CsvLine(csv, line)) : null) is { } value)
        {
            readSoFar?.Invoke(stream.Position);
            yield return value;
        }
    }

    /// <summary>The library's complaints, in ours; some come only when a field is looked at.</summary>
    private static T Careful<T>(CsvReader csv, Func<int, T> read)
    {
        // Where the line begins: a quotation that is never closed ends with the file.
        var line = csv.Parser.RawRow + 1;
        try
        {
            return read(line);
        }
        catch (MaxFieldSizeException)
        {
            throw new CsvFormatException(line, "a field is far too long, or a quotation mark is missing");
        }
        catch (CsvHelperException)
        {
            throw new CsvFormatException(line, "a quotation mark is missing, or stands where none may stand");
        }
        catch (DecoderFallbackException)
        {
            throw new CsvFormatException(line, "the text is not UTF-8");
        }
    }
}

/// <summary>One line, by the names of its columns.</summary>
internal readonly struct CsvLine(CsvReader csv, int line)
{
    private const int MaxTextLength = 300;

    public int Number => line;

    /// <returns>Empty where the column is not there.</returns>
    public string Text(string name, int max = MaxTextLength)
    {
        var value = csv.GetField(name) ?? "";
        return value.Length <= max ? value : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{name} is longer than {max:N0} characters"));
    }

    /// <returns>Null where it is empty.</returns>
    public long? Id(string name)
    {
        var value = Text(name);
        if (value.Length == 0) return null;
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : throw Wrong($"{name} is “{value}”, which is no number");
    }

    /// <returns>Null where it is empty; UTC where the file names no zone.</returns>
    public DateTimeOffset? Date(string name)
    {
        var value = Text(name);
        if (value.Length == 0) return null;
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : throw Wrong($"{name} is “{value}”, which is no date such as 2020-02-20T18:30:00Z");
    }

    public CsvFormatException Wrong(string what) => new(line, what);
}
