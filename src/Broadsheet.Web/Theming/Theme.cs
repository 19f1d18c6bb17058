using Fluid;
using Fluid.Ast;
using Fluid.Parser;

namespace Broadsheet.Web.Theming;

/// <summary>A folder of templates, read and parsed whole: a fault stops it here with file and line, not a reader's page.</summary>
internal sealed class Theme
{
    private readonly Dictionary<string, IFluidTemplate> _templates;

    private Theme(ThemeManifest manifest, Dictionary<string, IFluidTemplate> templates, IReadOnlyList<Statement> comment)
    {
        (Manifest, _templates, Comment) = (manifest, templates, comment);
        if (OwnWords.Has(comment)) Fragments = new CommentFragments();
    }

    public ThemeManifest Manifest { get; }

    /// <summary>The part that shows one comment, parsed once (<c>parts/comment.liquid</c>).</summary>
    public IReadOnlyList<Statement> Comment { get; }

    /// <summary>What that part made lately; null for a part whose words depend on more than the comment.</summary>
    public CommentFragments? Fragments { get; }

    public IFluidTemplate this[string template] => _templates.TryGetValue(template, out var found) ? found : throw new ThemeException($"The theme {Manifest.Name} has no template {template}.");

    /// <param name="below">The theme whose templates and parts stand where this one has none of its own; null where it has all.</param>
    /// <exception cref="ThemeException">A file is missing or cannot be read as a template: the message names file and line.</exception>
    public static Theme Load(string folder, string? below = null)
    {
        var manifest = ThemeManifest.Read(folder);
        var parser = new ThemeParser();
        var templates = new Dictionary<string, IFluidTemplate>(StringComparer.Ordinal);
        foreach (var file in Files(below, "templates").Concat(Files(folder, "templates"))) templates[Path.GetFileNameWithoutExtension(file)] = Parse(parser, file);
        foreach (var part in Files(folder, "parts")) Parse(parser, part);
        var own = Path.Combine(folder, "parts", "comment.liquid");
        var comment = (FluidTemplate)Parse(parser, below is null || File.Exists(own) ? own : Path.Combine(below, "parts", "comment.liquid"));
        return new Theme(manifest, templates, comment.Statements);
    }

    private static IEnumerable<string> Files(string? folder, string kind) => folder is not null && Path.Combine(folder, kind) is var within && Directory.Exists(within) ? Directory.EnumerateFiles(within, "*.liquid") : [];

    private static IFluidTemplate Parse(ThemeParser parser, string file)
    {
        if (!File.Exists(file)) throw new ThemeException($"{file}: there is no such file.");
        return parser.TryParse(File.ReadAllText(file), out var template, out var error) ? template : throw new ThemeException($"{file}: {error}");
    }
}

internal sealed class ThemeException(string message) : Exception(message);
