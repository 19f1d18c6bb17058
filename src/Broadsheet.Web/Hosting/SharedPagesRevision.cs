using System.Security.Cryptography;
using System.Text;
using Broadsheet.Web.Caching;

namespace Broadsheet.Web.Hosting;

/// <summary>
/// The program, the themes, scripts and styles, and the configuration that shows in pages: nodes that differ in any of it take no page of each other, so that a page from
/// before an upgrade is never shown after it.
/// </summary>
internal static class SharedPagesRevision
{
    /// <summary>Sections of the configuration that pages may show something of. The rest (addresses to listen at, folders) differs between nodes.</summary>
    private static readonly string[] Shown = ["Akismet", "Gravatar", "Hosting:PublicUrl", "Mail", "Media", "Outbound", "Screening", "SignIn", "Stats"];

    public static RenderingRevision Of(SiteOptions options, IConfiguration configuration) => new(() =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(typeof(SharedPagesRevision).Module.ModuleVersionId.ToString());
        Add(typeof(Core.Problem).Module.ModuleVersionId.ToString());
        foreach (var folder in new[] { Path.Combine(Site.ProgramFolder, "themes"), Path.Combine(Site.ProgramFolder, "wwwroot"), options.ThemesFolder }.Where(Directory.Exists))
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                Add(Path.GetRelativePath(folder, file));
                Add(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));
            }
        foreach (var section in Shown.Select(configuration.GetSection))
            foreach (var (key, value) in section.AsEnumerable().OrderBy(e => e.Key, StringComparer.OrdinalIgnoreCase)) Add($"{key.ToUpperInvariant()}={value}");
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes($"{text.Length} {text}\n"));
    });
}
