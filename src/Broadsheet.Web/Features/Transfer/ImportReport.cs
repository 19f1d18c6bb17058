using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Web.Features.Transfer.WordPress;

namespace Broadsheet.Web.Features.Transfer;

/// <summary>What an import has done, or would read.</summary>
/// <param name="Elapsed">Of this run.</param>
/// <param name="LongestTransaction">What others who wrote meanwhile had to wait for at most, its commit included.</param>
internal sealed record ImportReport(ImportProgress Progress, FirstPass First, ImportNotes Notes, TimeSpan Elapsed, TimeSpan LongestTransaction)
{
    /// <summary>Null where no users were asked for.</summary>
    public KindCount? Users { get; init; }

    public IReadOnlyList<(string Kind, KindCount Count)> Kinds =>
    [
        ("posts", Progress.Posts), ("pages", Progress.Pages), ("attachments", Progress.Attachments), ("other", Progress.Other), ("comments", Progress.Comments),
        ("categories", Progress.Categories), ("tags", Progress.Tags), ("terms", Progress.Terms), ("authors", Progress.Authors),
        .. Users is { } users ? ((string, KindCount)[])[("users", users)] : [],
    ];

    /// <summary>What was left out or noted: the first of <see cref="SkipCount"/>.</summary>
    public IReadOnlyList<ImportNote> Skips => [.. First.Survey.Skips.Select(s => new ImportNote(s.Line, s.Kind, s.What)), .. Notes.All];

    public long SkipCount => First.Survey.SkipCount + Notes.Count;

    /// <summary>What is odd about the file: the first of them.</summary>
    public IReadOnlyList<ImportNote> Warnings => [.. First.Survey.Warnings.Select(w => new ImportNote(w.Line, "", w.What))];

    /// <summary>What the import did beside bringing in; a sentence each.</summary>
    public IReadOnlyList<string> Facts => [.. (((long Count, string What)[])
        [
            (First.Survey.Replaced, "characters that XML forbids were replaced"), (Progress.CreditLines, "credit lines became source credits"), (Progress.MissingMedia, "places in articles show a placeholder: the file is not here"),
            (Progress.MediaStored, "media files were stored"), (Progress.MediaFailed, "media files could not be had"), (Progress.MissingParents, "replies to comments that the file does not hold stand at the top level"),
            (Progress.Circles, "circles of replies were cut"), (Progress.MappedIds, "articles, pages or comments have a number of their own here, since theirs was taken: old links lead to them all the same"), (Progress.ImpliedNames, "authors and terms that only articles name were added"),
        ]).Where(f => f.Count > 0).Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Count:N0} {f.What}."))];

    /// <summary>What a file holds; nothing of it was written.</summary>
    public static ImportReport OfFirstPass(FirstPass first, TimeSpan elapsed)
    {
        var progress = new ImportProgress();
        progress.Total(first.Survey);
        return new ImportReport(progress, first, new ImportNotes(), elapsed, TimeSpan.Zero);
    }

    /// <summary>One object on one line, in the shape that other programs rely on (design §3).</summary>
    public string ToJson()
    {
        var json = new ImportJson(Progress.Posts, Progress.Pages, Progress.Attachments, Progress.Other, Progress.Comments, Progress.Categories, Progress.Tags, Progress.Terms, Progress.Authors, Users, Math.Round(Elapsed.TotalSeconds, 3));
        return JsonSerializer.Serialize(json, ImportReportJson.Default.ImportJson);
    }
}

internal sealed record ImportJson(
    KindCount Posts, KindCount Pages, KindCount Attachments, KindCount Other, KindCount Comments, KindCount Categories, KindCount Tags, KindCount Terms, KindCount Authors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] KindCount? Users, double Seconds);

[JsonSerializable(typeof(ImportJson))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ImportReportJson : JsonSerializerContext;
