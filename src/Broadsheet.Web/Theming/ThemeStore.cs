using System.Text.Encodings.Web;
using Broadsheet.Core.Text;
using Fluid;
using Fluid.Values;
using Microsoft.Extensions.FileProviders;

namespace Broadsheet.Web.Theming;

/// <summary>A theme that can be chosen.</summary>
/// <param name="Id">Its folder's name.</param>
/// <param name="Manifest">Null for one that cannot be used.</param>
/// <param name="Problem">What is wrong with it, with file and line; null for nothing.</param>
internal sealed record ThemeOffer(string Id, ThemeManifest? Manifest, string? Problem);

/// <summary>The themes that are here, with the limits and the only members that their templates see.</summary>
internal sealed class ThemeStore
{
    /// <summary>The one that comes with the program, and stands in where the chosen one is gone or broken.</summary>
    public const string Usual = "default";

    /// <summary>Steps of one page: a thread of 200 takes about 20,000.</summary>
    private const int MaxSteps = 2_000_000;

    private readonly Dictionary<string, (Theme Theme, TemplateOptions Options)> _themes = new(StringComparer.Ordinal);

    /// <param name="folders">Of themes each: the program's, then the publication's own. One of a name that was before stands in its place.</param>
    /// <exception cref="ThemeException">The program's own theme cannot be used.</exception>
    public ThemeStore(params IEnumerable<string> folders)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, folder) in folders.SelectMany(FoldersIn)) found[id] = folder;
        var usual = folders.Select(f => Path.Combine(f, Usual)).First();
        _themes[Usual] = (Theme.Load(usual), Options(usual));
        Offers = [.. found.Select(f => f.Key == Usual && f.Value == usual ? new ThemeOffer(Usual, _themes[Usual].Theme.Manifest, null) : Take(f.Key, f.Value, usual))];
    }

    public IReadOnlyList<ThemeOffer> Offers { get; }

    /// <summary>Each folder of themes in a folder, by the name that it is chosen by.</summary>
    public static IEnumerable<(string Id, string Folder)> FoldersIn(string folder) =>
        !Directory.Exists(folder) ? [] : Directory.EnumerateDirectories(folder).Select(d => (Path.GetFileName(d), d)).Where(d => ThemeManifest.Id().IsMatch(d.Item1));

    /// <summary>Renders a template to <paramref name="output"/>. What is not safe HTML is encoded on its way out.</summary>
    /// <param name="id">Of a theme; one that is not here gives way to the usual one.</param>
    public async ValueTask RenderAsync(string id, string template, IReadOnlyDictionary<string, object?> model, TextWriter output)
    {
        var (theme, options) = _themes.TryGetValue(id, out var chosen) ? chosen : _themes[Usual];
        var context = new TemplateContext(options);
        context.AmbientValues[ThemeParser.ThemeKey] = theme;
        foreach (var (name, value) in model) context.SetValue(name, value is null ? NilValue.Instance : FluidValue.Create(value, options));
        await theme[template].RenderAsync(output, HtmlEncoder.Default, context);
    }

    private ThemeOffer Take(string id, string folder, string usual)
    {
        try
        {
            var theme = Theme.Load(folder, usual);
            _themes[id] = (theme, Options(folder, usual));
            return new ThemeOffer(id, theme.Manifest, null);
        }
        catch (Exception problem) when (problem is ThemeException or IOException or UnauthorizedAccessException)
        {
            return new ThemeOffer(id, null, problem.Message);
        }
    }

    private static TemplateOptions Options(params IEnumerable<string> folders)
    {
        var parts = folders.Select(f => Path.GetFullPath(Path.Combine(f, "parts"))).Where(Directory.Exists).Select(IFileProvider (f) => new PhysicalFileProvider(f));
        var options = new TemplateOptions { MaxSteps = MaxSteps, FileProvider = new PartFiles(new CompositeFileProvider(parts)) };
        options.MemberAccessStrategy = new DefaultMemberAccessStrategy { MemberNameStrategy = MemberNameStrategies.SnakeCase, IgnoreCasing = false };
        foreach (var view in typeof(ThemeStore).Assembly.GetTypes().Where(t => t.Namespace == typeof(Views.SiteView).Namespace && !t.IsNested && !t.IsAbstract))
            options.MemberAccessStrategy.Register(view);
        options.ValueConverters.Add(static value => value is SafeHtml safe ? new StringValue(safe.Value, encode: false) : null);
        // `raw` has nothing to open: what may stand unencoded is SafeHtml and stands so by itself.
        options.Filters.AddFilter("raw", static (input, _, _) => new ValueTask<FluidValue>(input));
        return options;
    }

    /// <summary>Parts are named without their ending: <c>{% include 'masthead' %}</c>.</summary>
    private sealed class PartFiles(CompositeFileProvider files) : IFileProvider
    {
        public IDirectoryContents GetDirectoryContents(string subpath) => files.GetDirectoryContents(subpath);

        public IFileInfo GetFileInfo(string subpath) => files.GetFileInfo(subpath.EndsWith(".liquid", StringComparison.Ordinal) ? subpath : $"{subpath}.liquid");

        public Microsoft.Extensions.Primitives.IChangeToken Watch(string filter) => files.Watch(filter);
    }
}
