using System.Text.Json;
using System.Xml.Linq;

namespace Broadsheet.Core.Tests.Text;

/// <summary>One attempt, and (where its collection says so) what its own sanitiser would leave.</summary>
internal sealed record XssPayload(string Source, string Markup, string? Expected);

/// <summary>Reads every payload of shared/data/xss, each collection in its own format.</summary>
internal static class XssPayloads
{
    private static readonly Lazy<List<XssPayload>> Everything = new(() => Read(SharedData.Folder("xss")).ToList());

    public static IReadOnlyList<XssPayload> All => Everything.Value;

    private static IEnumerable<XssPayload> Read(string root) => DomPurify(root).Concat(Owasp(root)).Concat(PayloadBox(root)).Concat(SanitizerTests(root))
        .Concat(Feedparser(root)).Concat(TreeConstruction(root)).Concat(Tokenizer(root)).Concat(Serializer(root));

    private static IEnumerable<XssPayload> DomPurify(string root)
    {
        using var json = Parse(Path.Combine(root, "dompurify", "expect.json"));
        foreach (var item in json.RootElement.EnumerateArray())
        {
            var expected = item.GetProperty("expected");
            var one = expected.ValueKind == JsonValueKind.Array ? expected[0].GetString() : expected.GetString();
            yield return new XssPayload($"dompurify {item.GetProperty("i").GetInt32()}", item.GetProperty("payload").GetString()!, one);
        }
    }

    private static IEnumerable<XssPayload> Owasp(string root)
    {
        using var json = Parse(Path.Combine(root, "owasp", "xss-filter-evasion.json"));
        foreach (var item in json.RootElement.EnumerateArray()) yield return new XssPayload("owasp " + item.GetProperty("section").GetString(), item.GetProperty("payload").GetString()!, null);
    }

    private static IEnumerable<XssPayload> PayloadBox(string root) =>
        File.ReadLines(Path.Combine(root, "payloadbox", "xss-payload-list.txt")).Select((line, i) => new XssPayload($"payloadbox line {i + 1}", line, null));

    private static IEnumerable<XssPayload> SanitizerTests(string root)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "sanitizer-tests"), "*.json").Order(StringComparer.Ordinal))
        {
            using var json = Parse(file);
            foreach (var item in json.RootElement.EnumerateArray())
            {
                var expected = item.TryGetProperty("output", out var output) ? output.GetString() : item.TryGetProperty("libxml", out var libxml) ? libxml.GetString() : null;
                yield return new XssPayload($"{Path.GetFileName(file)} {item.GetProperty("name").GetString()}", item.GetProperty("input").GetString()!, expected);
            }
        }
    }

    private static IEnumerable<XssPayload> Feedparser(string root)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "feedparser-sanitize"), "*.xml").Order(StringComparer.Ordinal))
        {
            XDocument xml;
            try
            {
                xml = XDocument.Load(file);
            }
            catch (System.Xml.XmlException)
            {
                xml = new XDocument(new XElement("broken", new XElement("title", File.ReadAllText(file))));
            }

            foreach (var element in xml.Descendants().Where(e => !e.HasElements && e.Value.Length > 0 || e.Name.LocalName is "content" or "div"))
                yield return new XssPayload(Path.GetFileName(file), element.HasElements ? string.Concat(element.Nodes()) : element.Value, null);
        }
    }

    private static IEnumerable<XssPayload> TreeConstruction(string root)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "html5lib-tree"), "*.dat", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var at = 0;
            foreach (var block in ("\n" + File.ReadAllText(file)).Split("\n#data\n").Skip(1))
            {
                var end = block.IndexOf("\n#errors", StringComparison.Ordinal);
                yield return new XssPayload($"{Path.GetFileName(file)} {at++}", end < 0 ? block : block[..end], null);
            }
        }
    }

    private static IEnumerable<XssPayload> Tokenizer(string root)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "html5lib-tests", "tokenizer"), "*.test").Order(StringComparer.Ordinal))
        {
            using var json = Parse(file);
            foreach (var list in json.RootElement.EnumerateObject())
            {
                foreach (var item in list.Value.EnumerateArray())
                    yield return new XssPayload($"{Path.GetFileName(file)} {item.GetProperty("description").GetString()}", Text(item.GetProperty("input")), null);
            }
        }
    }

    private static IEnumerable<XssPayload> Serializer(string root)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "html5lib-tests", "serializer"), "*.test").Order(StringComparer.Ordinal))
        {
            using var json = Parse(file);
            foreach (var item in json.RootElement.GetProperty("tests").EnumerateArray())
            {
                foreach (var expected in item.GetProperty("expected").EnumerateArray())
                    yield return new XssPayload($"{Path.GetFileName(file)} {item.GetProperty("description").GetString()}", expected.GetString()!, null);
            }
        }
    }

    // Some inputs hold half a surrogate pair, which GetString refuses.
    private static string Text(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return System.Text.RegularExpressions.Regex.Replace(element.GetRawText().Trim('"'), @"\\u([0-9a-fA-F]{4})", m => ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString());
        }
    }

    private static JsonDocument Parse(string file) => JsonDocument.Parse(File.ReadAllText(file));
}
