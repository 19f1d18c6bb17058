using System.Text.Json;
using Fluid;
using Fluid.Ast;
using Fluid.Parser;

namespace Broadsheet.Web.Theming;

/// <summary>A folder of templates, read and parsed whole: a fault stops it here with file and line, not a reader's page.</summary>
internal sealed class Theme
{
    private readonly Dictionary<string, IFluidTemplate> _templates;

    private Theme(string name, Dictionary<string, IFluidTemplate> templates, IReadOnlyList<Statement> comment) => (Name, _templates, Comment) = (name, templates, comment);

    public string Name { get; }

    /// <summary>The part that shows one comment, parsed once (<c>parts/comment.liquid</c>).</summary>
    public IReadOnlyList<Statement> Comment { get; }

    public IFluidTemplate this[string template] => _templates.TryGetValue(template, out var found) ? found : throw new ThemeException($"The theme {Name} has no template {template}.");

    /// <exception cref="ThemeException">A file is missing or cannot be read as a template: the message names file and line.</exception>
    public static Theme Load(string folder)
    {
        var manifest = Path.Combine(folder, "theme.json");
        if (!File.Exists(manifest)) throw new ThemeException($"{manifest}: there is no such file.");
        var name = NameIn(manifest);
        var parser = new ThemeParser(folder);
        var templates = new Dictionary<string, IFluidTemplate>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "templates"), "*.liquid"))
            templates[Path.GetFileNameWithoutExtension(file)] = Parse(parser, file);
        foreach (var part in Directory.EnumerateFiles(Path.Combine(folder, "parts"), "*.liquid")) Parse(parser, part);
        var comment = (FluidTemplate)Parse(parser, Path.Combine(folder, "parts", "comment.liquid"));
        return new Theme(name, templates, comment.Statements);
    }

    private static IFluidTemplate Parse(ThemeParser parser, string file)
    {
        if (!File.Exists(file)) throw new ThemeException($"{file}: there is no such file.");
        return parser.TryParse(File.ReadAllText(file), out var template, out var error) ? template : throw new ThemeException($"{file}: {error}");
    }

    private static string NameIn(string manifest)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(manifest));
            return json.RootElement.GetProperty("name").GetString() ?? throw new ThemeException($"{manifest}: name is missing.");
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ThemeException($"{manifest}: {problem.Message}");
        }
    }
}

internal sealed class ThemeException(string message) : Exception(message);
