using System.Text.Encodings.Web;
using Broadsheet.Core.Text;
using Fluid;
using Fluid.Values;
using Microsoft.Extensions.FileProviders;

namespace Broadsheet.Web.Theming;

/// <summary>The theme in use, with the limits and the only members that its templates see.</summary>
internal sealed class ThemeStore
{
    /// <summary>Steps of one page: a thread of 200 takes about 20,000.</summary>
    private const int MaxSteps = 2_000_000;

    private readonly TemplateOptions _options;
    private Theme _theme;

    public ThemeStore(string folder)
    {
        _theme = Theme.Load(folder);
        _options = Options(folder);
    }

    public string Name => _theme.Name;

    /// <summary>Renders a template to <paramref name="output"/>. What is not safe HTML is encoded on its way out.</summary>
    public async ValueTask RenderAsync(string template, IReadOnlyDictionary<string, object?> model, TextWriter output)
    {
        var theme = _theme;
        var context = new TemplateContext(_options);
        context.AmbientValues[ThemeParser.ThemeKey] = theme;
        foreach (var (name, value) in model) context.SetValue(name, value is null ? NilValue.Instance : FluidValue.Create(value, _options));
        await theme[template].RenderAsync(output, HtmlEncoder.Default, context);
    }

    /// <summary>Reads the theme again. A broken one leaves the last good one in use.</summary>
    /// <exception cref="ThemeException">What is wrong, with file and line.</exception>
    public void Reload(string folder) => _theme = Theme.Load(folder);

    private static TemplateOptions Options(string folder)
    {
        var options = new TemplateOptions { MaxSteps = MaxSteps, FileProvider = new PartFiles(new PhysicalFileProvider(Path.GetFullPath(Path.Combine(folder, "parts")))) };
        options.MemberAccessStrategy = new DefaultMemberAccessStrategy { MemberNameStrategy = MemberNameStrategies.SnakeCase, IgnoreCasing = false };
        foreach (var view in typeof(ThemeStore).Assembly.GetTypes().Where(t => t.Namespace == typeof(Views.SiteView).Namespace && !t.IsNested && !t.IsAbstract))
            options.MemberAccessStrategy.Register(view);
        options.ValueConverters.Add(static value => value is SafeHtml safe ? new StringValue(safe.Value, encode: false) : null);
        // `raw` has nothing to open: what may stand unencoded is SafeHtml and stands so by itself.
        options.Filters.AddFilter("raw", static (input, _, _) => new ValueTask<FluidValue>(input));
        return options;
    }

    /// <summary>Parts are named without their ending: <c>{% include 'masthead' %}</c>.</summary>
    private sealed class PartFiles(PhysicalFileProvider files) : IFileProvider
    {
        public IDirectoryContents GetDirectoryContents(string subpath) => files.GetDirectoryContents(subpath);

        public IFileInfo GetFileInfo(string subpath) => files.GetFileInfo(subpath.EndsWith(".liquid", StringComparison.Ordinal) ? subpath : $"{subpath}.liquid");

        public Microsoft.Extensions.Primitives.IChangeToken Watch(string filter) => files.Watch(filter);
    }
}
