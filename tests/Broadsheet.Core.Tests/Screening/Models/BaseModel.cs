using Broadsheet.Core.Screening.Models;

namespace Broadsheet.Core.Tests.Screening.Models;

/// <summary>The models as they lie in the repository.</summary>
internal static class BaseModel
{
    public static byte[] Bytes(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var file = Path.Combine(at.FullName, "models", $"{name}.model");
            if (File.Exists(file)) return File.ReadAllBytes(file);
        }
        throw new InvalidOperationException($"models/{name}.model is not in the repository.");
    }

    public static TextModel Spam { get; } = ModelFile.Read(new MemoryStream(Bytes("spam")), ModelKind.Spam);

    public static TextModel Toxicity { get; } = ModelFile.Read(new MemoryStream(Bytes("toxicity")), ModelKind.Toxicity);

    public static ScreeningFeatures Features(string text, string author = "", string url = "", params string[] metadata) => ScreeningFeatures.Of(text, author, url, metadata);
}
