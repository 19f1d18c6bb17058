using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Broadsheet.Web.Reads;
using Microsoft.AspNetCore.StaticFiles;

namespace Broadsheet.Web.Hosting;

/// <summary>The theme's and the program's own styles and scripts: read once, compressed once (when first asked for), kept by browsers for a year under an address that has their hash.</summary>
internal sealed class Assets
{
    private static readonly FileExtensionContentTypeProvider Types = new();
    private readonly FrozenDictionary<string, Asset> _assets;

    /// <param name="program">The program's own, with the usual theme's.</param>
    /// <param name="themes">Those of themes to choose from, each below its name.</param>
    public Assets(IReadOnlyList<string> program, IEnumerable<(string Id, string Folder)> themes)
    {
        var found = new Dictionary<string, Asset>(StringComparer.Ordinal);
        foreach (var (below, folder) in program.Select(f => ("", f)).Concat(themes.Select(t => ($"{Themes}{t.Id}/", Path.Combine(t.Folder, "assets")))).Where(f => Directory.Exists(f.Item2)))
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                found[$"{below}{Path.GetRelativePath(folder, file).Replace('\\', '/')}"] = new Asset(File.ReadAllBytes(file));
        foreach (var folder in program.Select(f => Path.Combine(f, SiteScript)).Where(Directory.Exists)) found["site.js"] = new Asset(Encoding.UTF8.GetBytes(Join(folder)));
        _assets = found.ToFrozenDictionary(StringComparer.Ordinal);
        Addresses = new AssetAddresses(AddressOf(Stylesheet), AddressOf("site.js"), AddressOf("work.js"),
            found.Keys.Where(k => k.StartsWith(Themes, StringComparison.Ordinal) && k.EndsWith($"/{Stylesheet}", StringComparison.Ordinal)).ToDictionary(k => k[Themes.Length..^(Stylesheet.Length + 1)], AddressOf, StringComparer.Ordinal));
    }

    private const string Themes = "themes/";
    private const string Stylesheet = "site.css";

    /// <summary>The folder whose files make the public site's one script: a file a behaviour.</summary>
    private const string SiteScript = "site";

    /// <summary>What all of them use; the first, and in the scope of all.</summary>
    private const string Shared = "shared.js";

    public AssetAddresses Addresses { get; }

    /// <exception cref="FileNotFoundException">Neither the theme nor the program has it.</exception>
    public string AddressOf(string name) => _assets.TryGetValue(name, out var asset) ? $"/assets/{name}?v={asset.Hash}" : throw new FileNotFoundException($"There is no asset {name}.");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/assets/{**name}", [HttpMethods.Get, HttpMethods.Head], Send);

    /// <summary>One request for all; each file's names are its own.</summary>
    private static string Join(string folder)
    {
        var script = new StringBuilder("\"use strict\";\n").Append(File.ReadAllText(Path.Combine(folder, Shared)));
        foreach (var file in Directory.EnumerateFiles(folder, "*.js").Where(f => Path.GetFileName(f) != Shared).Order(StringComparer.Ordinal)) script.Append("{\n").Append(File.ReadAllText(file)).Append("}\n");
        return script.ToString();
    }

    private static async Task Send(HttpContext http, string name, Assets assets)
    {
        var response = http.Response;
        if (!assets._assets.TryGetValue(name, out var asset))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var headers = response.Headers;
        headers.ContentType = Types.TryGetContentType(name, out var type) ? type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type : "application/octet-stream";
        headers.CacheControl = http.Request.Query["v"] == asset.Hash ? "public, max-age=31536000, immutable" : "public, max-age=300";
        headers.Vary = "Accept-Encoding";
        var accepted = http.Request.Headers.AcceptEncoding.ToString();
        var (body, coding) = accepted.Contains("br", StringComparison.Ordinal) ? (asset.Brotli, "br") : accepted.Contains("gzip", StringComparison.Ordinal) ? (asset.Gzip, "gzip") : (asset.Bytes, "");
        headers.ETag = $"\"{asset.Hash}{coding}\"";
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(asset.Hash, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        if (coding.Length > 0) headers.ContentEncoding = coding;
        headers.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>Compressed at the first request: the best compression takes longer than all else at the start of the program.</summary>
    private sealed class Asset(byte[] bytes)
    {
        private readonly Lazy<byte[]> _gzip = new(() => With(bytes, s => new GZipStream(s, CompressionLevel.SmallestSize)));
        private readonly Lazy<byte[]> _brotli = new(() => With(bytes, s => new BrotliStream(s, CompressionLevel.SmallestSize)));

        public byte[] Bytes => bytes;

        public byte[] Gzip => _gzip.Value;

        public byte[] Brotli => _brotli.Value;

        public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6));

        private static byte[] With(byte[] bytes, Func<Stream, Stream> coding)
        {
            using var output = new MemoryStream();
            using (var stream = coding(output)) stream.Write(bytes);
            return output.ToArray();
        }
    }
}
