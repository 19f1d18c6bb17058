using Broadsheet.Core.Screening.Models;

namespace Broadsheet.Web.Features.Moderation.Models;

/// <summary>The trained models: files in <c>models/</c> beside the program, which an operator may replace. Where one is missing or damaged, that within the program is used.</summary>
internal sealed class BaseModels
{
    private BaseModels(TextModel spam, TextModel toxicity) => (Spam, Toxicity) = (spam, toxicity);

    public TextModel Spam { get; }

    public TextModel Toxicity { get; }

    /// <param name="warn">Gets one line for each file that cannot be used.</param>
    public static BaseModels Load(string programFolder, Action<string> warn) => new(Read(programFolder, ModelKind.Spam, warn), Read(programFolder, ModelKind.Toxicity, warn));

    private static TextModel Read(string programFolder, ModelKind kind, Action<string> warn)
    {
        var name = $"{kind.ToString().ToLowerInvariant()}.model";
        var path = Path.Combine(programFolder, "models", name);
        try
        {
            using var file = File.OpenRead(path);
            return ModelFile.Read(file, kind);
        }
        catch (Exception failure) when (failure is DamagedModelException or IOException or UnauthorizedAccessException)
        {
            warn($"{path} cannot be used ({failure.Message}): the model within the program is used in its place.");
        }
        using var own = typeof(BaseModels).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the program.");
        return ModelFile.Read(own, kind);
    }
}
