using Broadsheet.Core.Screening.Models;
using Broadsheet.Web.Features.Moderation.Models;

namespace Broadsheet.Web.Tests.Features.Moderation.Models;

public sealed class BaseModelsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("models-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_files_beside_the_program_are_read_without_a_word()
    {
        var warnings = new List<string>();

        var models = BaseModels.Load(AppContext.BaseDirectory, warnings.Add);

        Assert.Empty(warnings);
        Assert.Equal((ModelKind.Spam, ModelKind.Toxicity), (models.Spam.Kind, models.Toxicity.Kind));
    }

    [Fact]
    public void A_damaged_file_is_told_in_one_line_and_the_model_within_the_program_is_used()
    {
        var whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "models", "spam.model"));
        whole[9_000] ^= 1;
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "models"));
        File.WriteAllBytes(Path.Combine(_folder.FullName, "models", "spam.model"), whole);
        var warnings = new List<string>();

        var models = BaseModels.Load(_folder.FullName, warnings.Add);

        Assert.Equal(2, warnings.Count);
        Assert.Contains("spam.model cannot be used (its checksum does not fit", warnings[0], StringComparison.Ordinal);
        Assert.Contains("toxicity.model cannot be used (", warnings[1], StringComparison.Ordinal);
        Assert.All(warnings, w => Assert.DoesNotContain('\n', w));
        var comment = ScreeningFeatures.Of("Great post, thanks for sharing", "cheap loans", "http://cheap-loans.example/", []);
        Assert.Equal(BaseModels.Load(AppContext.BaseDirectory, _ => { }).Spam.Score(comment, null), models.Spam.Score(comment, null));
    }
}
