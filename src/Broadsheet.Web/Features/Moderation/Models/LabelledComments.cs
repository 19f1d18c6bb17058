using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace Broadsheet.Web.Features.Moderation.Models;

/// <summary>A comment with what a person said of it. Of whole comments no other field is read: none may help a model that is measured.</summary>
internal sealed record LabelledComment(string Text, string Author, string AuthorUrl, bool IsSpam);

/// <summary>A file of labelled comments cannot be read; the message names file and line.</summary>
internal sealed class LabelledCommentsException(string message) : Exception(message);

/// <summary>Reads <c>text,label</c> as comma-separated values (1 = spam, 0 = wanted), or JSON lines of whole comments.</summary>
internal static class LabelledComments
{
    /// <exception cref="LabelledCommentsException">It is missing, empty, or a line is not as it must be.</exception>
    public static IReadOnlyList<LabelledComment> Read(string file)
    {
        if (Directory.Exists(file)) throw new LabelledCommentsException($"{file} is a folder: name a file");
        try
        {
            using var reader = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            var first = reader.Peek();
            if (first < 0) throw new LabelledCommentsException($"{file}: the file is empty");
            return first == '{' ? ReadLines(reader, file) : ReadTable(reader, file);
        }
        catch (FileNotFoundException)
        {
            throw new LabelledCommentsException($"{file}: there is no such file");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LabelledCommentsException($"{file}: {failure.Message}");
        }
    }

    /// <summary>Pings, and rows that are labelled neither spam nor ham, are passed over.</summary>
    private static List<LabelledComment> ReadLines(StreamReader reader, string file)
    {
        var comments = new List<LabelledComment>();
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            try
            {
                using var row = JsonDocument.Parse(text);
                if (row.RootElement.ValueKind != JsonValueKind.Object) throw Wrong(file, line, "it is not a JSON object");
                if (Field(row, "type", file, line) is { Length: > 0 } type && type != "comment") continue;
                var label = Field(row, "label", file, line);
                if (label is not ("spam" or "ham")) continue;
                comments.Add(new LabelledComment(Field(row, "content", file, line) ?? throw Wrong(file, line, "it has no “content”"), Field(row, "author", file, line) ?? "", Field(row, "author_url", file, line) ?? "", label == "spam"));
            }
            catch (JsonException)
            {
                throw Wrong(file, line, "it is not JSON");
            }
        }
        return comments;
    }

    private static string? Field(JsonDocument row, string name, string file, int line)
    {
        if (!row.RootElement.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.String) throw Wrong(file, line, $"its “{name}” is not text");
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a character, escaped.
            throw Wrong(file, line, $"its “{name}” is not Unicode");
        }
    }

    private static List<LabelledComment> ReadTable(StreamReader reader, string file)
    {
        using var table = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            PrepareHeaderForMatch = h => h.Header.Trim().ToLowerInvariant(),
            MissingFieldFound = null,
            BadDataFound = bad => throw Wrong(file, bad.Context.Parser!.RawRow, "a quotation mark is out of place"),
        });
        try
        {
            if (!table.Read() || !table.ReadHeader() || !Has(table, "text") || !Has(table, "label")) throw Wrong(file, 1, "the first line must name the columns text and label");
            var comments = new List<LabelledComment>();
            while (table.Read())
            {
                var isSpam = table.GetField("label")?.Trim() switch
                {
                    "1" => true,
                    "0" => false,
                    null => throw Wrong(file, table.Parser.RawRow, "it has no label"),
                    var other => throw Wrong(file, table.Parser.RawRow, $"the label is “{(other.Length > 40 ? $"{other[..40]}…" : other)}”; it can be 1 (spam) or 0 (wanted)"),
                };
                comments.Add(new LabelledComment(table.GetField("text") ?? "", "", "", isSpam));
            }
            return comments;
        }
        catch (CsvHelperException failure) when (failure.InnerException is LabelledCommentsException wrong)
        {
            throw new LabelledCommentsException(wrong.Message);
        }
        catch (CsvHelperException)
        {
            throw Wrong(file, table.Parser.RawRow, "it cannot be read as comma-separated values");
        }
    }

    private static bool Has(CsvReader table, string column) => table.HeaderRecord!.Any(h => h.Trim().Equals(column, StringComparison.OrdinalIgnoreCase));

    private static LabelledCommentsException Wrong(string file, int line, string what) => new($"{file}, line {line}: {what}");
}
