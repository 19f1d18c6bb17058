using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Broadsheet.Web.Theming;

/// <summary>What a theme says of itself (<c>theme.json</c>).</summary>
/// <param name="Looks">What an editor may choose; a choice becomes the class <c>ID-CHOICE</c> of the page's root, the first one none.</param>
internal sealed partial record ThemeManifest(string Name, string Version = "", string Description = "", IReadOnlyList<ThemeLook>? Looks = null)
{
    private const int MostChoices = 20;

    /// <exception cref="ThemeException">It is missing, or cannot be read: the message names the file.</exception>
    public static ThemeManifest Read(string folder)
    {
        var file = Path.Combine(folder, "theme.json");
        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllBytes(file), ThemeManifestJson.Default.ThemeManifest);
            if (string.IsNullOrWhiteSpace(manifest?.Name)) throw new ThemeException($"{file}: name is missing.");
            foreach (var look in manifest.Looks ?? [])
            {
                if (look.Choices is not { Count: > 1 and <= MostChoices }) throw new ThemeException($"{file}: the look {look.Id} needs 2 to {MostChoices} choices.");
                foreach (var id in look.Choices.Select(c => c.Id).Prepend(look.Id))
                    if (id is null || !Id().IsMatch(id)) throw new ThemeException($"{file}: “{id}” cannot be the id of a look: take small letters, digits and hyphens.");
            }
            return manifest;
        }
        catch (FileNotFoundException)
        {
            throw new ThemeException($"{file}: there is no such file.");
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ThemeException($"{file}: {problem.Message}");
        }
    }

    /// <summary>The classes of what was chosen; what the theme does not offer is left out.</summary>
    public string ClassesOf(Func<string, string?> chosen) =>
        string.Join(' ', (Looks ?? []).Select(l => l.Choices.Skip(1).FirstOrDefault(c => c.Id == chosen(l.Id)) is { } choice ? $"{l.Id}-{choice.Id}" : null).OfType<string>());

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,40}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    public static partial Regex Id();
}

/// <summary>One thing that can be chosen of a theme, such as its colours.</summary>
/// <param name="Choices">The first is the usual one.</param>
internal sealed record ThemeLook(string Id, string Label, IReadOnlyList<ThemeChoice> Choices);

internal sealed record ThemeChoice(string Id, string Label);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ThemeManifest))]
internal sealed partial class ThemeManifestJson : JsonSerializerContext;
