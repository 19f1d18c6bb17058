using System.Diagnostics;
using System.Text.Json;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Outbound;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>
/// Brings a WordPress export in. Everything is recognised by its source and its original id, so that the same file again, a later export of
/// the same publication, or the rest after an interruption adds what is not here yet, and nothing twice.
/// </summary>
internal sealed class WordPressImport(IDatabaseEngine engine, Writes writes, UploadedFiles media, GuardedHttp http, TimeProvider clock)
{
    /// <summary>For tests: told before each commit.</summary>
    public Action<ImportProgress>? BeforeCommit { get; set; }

    /// <summary>The second pass: <paramref name="first"/> has found the file good.</summary>
    /// <exception cref="StorageException">The database cannot be written now; the same command goes on from here later.</exception>
    public async Task<ImportReport> RunAsync(ImportRequest request, FirstPass first, IImportWatcher watcher, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var (runId, progress) = await BeginAsync(first, ct);
        var publication = await SettingsAsync(first, ct);
        progress.Total(first.Survey);
        var notes = new ImportNotes();
        var writer = new ImportWriter(writes, runId, progress) { BeforeCommit = BeforeCommit };
        var ids = new ImportedIds(first.Source);
        bool wasEmpty;
        await using (var db = engine.Open())
        {
            wasEmpty = !await db.Articles.AnyAsync(ct);
            await ids.LoadAsync(db, first.Survey, ct);
            await ReserveAsync(first, ct);
            await ids.MapTakenArticlesAsync(writer, db, ct);
        }
        watcher.Says("Authors, categories and tags");
        await new NamesImport(engine, first, ids, writer, notes).RunAsync(ct);
        await NextAsync(writer, ImportPhase.Attachments, ct);
        await ItemsAsync(request, first, ids, publication, writer, notes, watcher, ct);
        if (progress.Phase == ImportPhase.PagePaths) await new PagePaths(engine, writer, first.Source).RunAsync(ct);
        await NextAsync(writer, ImportPhase.Media, ct);
        await MediaAsync(request, first, writer, notes, watcher, ct);
        if (progress.Phase == ImportPhase.Rendering && (progress.MediaStored > 0 || (progress.Attachments.Written > 0 && progress.Posts.Present + progress.Pages.Present + progress.Other.Present > 0)))
        {
            watcher.Says("Rendering articles whose media have come");
            await new RenderWithMedia(engine, publication, ids, writer).RunAsync(ct);
        }
        await FinishAsync(writer, wasEmpty, ct);
        return new ImportReport(progress, first, notes, Stopwatch.GetElapsedTime(started), writer.Longest);
    }

    /// <summary>Goes on with an unfinished import of this file, or begins one.</summary>
    private async Task<(long Id, ImportProgress Progress)> BeginAsync(FirstPass first, CancellationToken ct) => await writes.RunAsync(async (scope, token) =>
    {
        var run = await scope.Db.ImportRuns.AsTracking().Where(r => r.Source == first.Source && r.FileHash == first.FileHash && r.FinishedAt == null).OrderByDescending(r => r.Id).FirstOrDefaultAsync(token);
        if (run is null)
        {
            var progress = new ImportProgress();
            progress.Enter(ImportPhase.Names);
            run = new ImportRun { Source = first.Source, FileHash = first.FileHash, StartedAt = clock.GetUtcNow(), Progress = JsonSerializer.Serialize(progress, ImportProgressJson.Default.ImportProgress) };
            scope.Db.ImportRuns.Add(run);
            await scope.FlushAsync(token);
        }
        return (run.Id, JsonSerializer.Deserialize(run.Progress, ImportProgressJson.Default.ImportProgress)!);
    }, ct);

    private Task<Publication> SettingsAsync(FirstPass first, CancellationToken ct) => writes.RunAsync(async (scope, token) =>
    {
        var store = new PublicationStore(engine);
        var here = await store.GetAsync(token);
        var changed = ChannelSettings.Apply(here, first);
        return ChannelSettings.IsSame(here, changed) ? here : await PublicationStore.ChangeAsync(scope, _ => changed, token);
    }, ct);

    /// <summary>Readers who write meanwhile get ids above the file's, so that its own stay free.</summary>
    private Task ReserveAsync(FirstPass first, CancellationToken ct) => writes.RunAsync(async (scope, token) =>
    {
        if (first.MaxItemId > 0) await scope.ReserveIdsAsync<Article>(first.MaxItemId, token);
        if (first.MaxCommentId > 0) await scope.ReserveIdsAsync<Comment>(first.MaxCommentId, token);
        if (first.MaxTermId > 0) await scope.ReserveIdsAsync<Term>(first.MaxTermId, token);
        if (first.MaxAuthorId > 0) await scope.ReserveIdsAsync<Person>(first.MaxAuthorId, token);
    }, ct);

    private async Task ItemsAsync(ImportRequest request, FirstPass first, ImportedIds ids, Publication publication, ImportWriter writer, ImportNotes notes, IImportWatcher watcher, CancellationToken ct)
    {
        var options = OptionsOf(request);
        var terms = new TermImport(ids);
        var items = new ItemImport(request, options, first, ids, new ItemPlanner(engine, writer, ids, first), new ItemPreparation(request, engine, publication, ids, first, clock.GetUtcNow()),
            new CommentPreparation(ids, first, publication.Language), terms, writer, notes);
        if (writer.Progress.Phase == ImportPhase.Attachments && first.Survey.Attachments > 0)
            await items.RunAsync(i => i.Kind == WxrItemKind.Attachment, watcher.Reading("Attachments", first.Survey.Bytes, writer.Progress), ct);
        await NextAsync(writer, ImportPhase.Articles, ct);
        if (writer.Progress.Phase == ImportPhase.Articles)
            await items.RunAsync(i => i.Kind != WxrItemKind.Attachment, watcher.Reading("Articles and comments", first.Survey.Bytes, writer.Progress), ct);
        await NextAsync(writer, ImportPhase.PagePaths, ct);
    }

    private async Task MediaAsync(ImportRequest request, FirstPass first, ImportWriter writer, ImportNotes notes, IImportWatcher watcher, CancellationToken ct)
    {
        if (writer.Progress.Phase == ImportPhase.Media)
        {
            using var import = new MediaImport(request, engine, media, http, writer, notes, first.Source);
            await import.RunAsync(watcher.Media(), ct);
        }
        await NextAsync(writer, ImportPhase.Rendering, ct);
    }

    private static async Task NextAsync(ImportWriter writer, ImportPhase phase, CancellationToken ct)
    {
        if (writer.Progress.Phase >= phase) return;
        await writer.RunAsync((_, _) =>
        {
            writer.Progress.Enter(phase);
            return Task.CompletedTask;
        }, ct);
    }

    private static Task FinishAsync(ImportWriter writer, bool wasEmpty, CancellationToken ct) => writer.RunAsync(async (scope, token) =>
    {
        // All that is here was rendered just now, with the settings as they are.
        if (wasEmpty) await PublicationStore.ChangeAsync(scope, p => p with { RenderedWith = ArticleRendering.StateOf(p) }, token);
        writer.Progress.Enter(ImportPhase.Done);
        await scope.AdvanceSequencesAsync(token);
        foreach (var tag in (string[])[CacheTags.Home, CacheTags.Lists, CacheTags.Comments, SiteIndex.Tag, PublicationStore.Tag]) scope.Evict(tag);
    }, ct);

    public static WxrOptions OptionsOf(ImportRequest request) => new() { FileName = request.Name, Repair = request.Repair };
}
