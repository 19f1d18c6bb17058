using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Core.Screening.Models;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Moderation.Models;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>Moderators' decisions teach the models of this publication.</summary>
public abstract class LearningTests(BroadsheetSite site)
{
    private const string Words = "The zugspitz lantern society meets on Thursdays, bring a lantern of your own.";

    [Fact]
    public async Task A_decision_teaches_at_once_and_one_that_is_taken_back_unteaches_exactly_that()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var models = site.App.Services.GetRequiredService<LearnedModels>();
        // A name, a network and a domain of its own: what other tests teach says nothing of them.
        var id = await AddAsync(Words, Standing.Held, "Lanterna", "ida@lanterns.example", "198.51.100.9");
        double Score() => models.ModelOf(ModelKind.Spam).Score(LiveFeatures.OfSpam(Words, "Lanterna", "", "ida@lanterns.example", "198.51.100.9", ""), models.WeightsOf(ModelKind.Spam));
        var before = Score();

        var made = await DecideAsync(id, Standing.Spam, mod.Id);
        await Eventually.SeesAsync(() => site.ReadAsync(db => db.LearnedSteps.AnyAsync(s => s.DecisionId == made[0].Id)));
        var after = Score();
        Assert.True(after > before + 0.1, $"{before} → {after}");
        // A job that runs twice teaches once.
        await site.App.Services.GetServices<IJob>().Single(j => j.Name == LearningLedger.Job).RunAsync($"{made[0].Id}", CancellationToken.None);
        Assert.Equal(after, Score());
        var undone = await site.Writes.RunAsync((scope, ct) => DecisionLedger.UndoAsync(scope, [made[0].Id], mod.Id, null, ct), CancellationToken.None);
        await Eventually.SeesAsync(() => site.ReadAsync(db => db.LearnedSteps.AnyAsync(s => s.DecisionId == undone[0].Id)));

        await Eventually.SeesAsync(() => Task.FromResult(Math.Abs(Score() - before) < 1e-6));
    }

    [Fact]
    public async Task Old_steps_are_made_into_one_whose_sum_is_theirs_and_the_newer_half_stays()
    {
        await site.Writes.RunAsync((scope, _) =>
        {
            LearningLedger.Add(scope, Enumerable.Range(1, 12).Select(i => new LearnedStep { Model = ModelKind.Toxicity, DecisionId = 1_000_000 + i, Changes = LearningLedger.Write([KeyValuePair.Create(11, i), KeyValuePair.Create(20 + i, -1)]) }));
            return Task.CompletedTask;
        }, CancellationToken.None);
        var before = await SumAsync();

        await site.Writes.RunAsync((scope, ct) => LearningLedger.FoldAsync(scope, 10, ct), CancellationToken.None);

        Assert.Equal(before, await SumAsync());
        var steps = await site.ReadAsync(db => db.LearnedSteps.Where(s => s.Model == ModelKind.Toxicity).ToListAsync());
        Assert.Single(steps, s => s.DecisionId is null);
        Assert.InRange(steps.Count(s => s.DecisionId is not null), 5, 7);
        Assert.Contains(steps, s => s.DecisionId == 1_000_012);

        async Task<SortedDictionary<int, long>> SumAsync()
        {
            var sum = new SortedDictionary<int, long>();
            foreach (var step in await site.ReadAsync(db => db.LearnedSteps.Where(s => s.Model == ModelKind.Toxicity).ToListAsync()))
                foreach (var (slot, change) in LearningLedger.Read(step).Changes) sum[slot] = sum.GetValueOrDefault(slot) + change;
            return sum;
        }
    }

    [Fact]
    public async Task Another_process_knows_what_was_taught_here_also_after_old_steps_were_made_into_one()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var here = site.App.Services.GetRequiredService<LearnedModels>();
        var id = await AddAsync("A text that another process will know of, too.", Standing.Held);
        var made = await DecideAsync(id, Standing.Spam, mod.Id);
        await Eventually.SeesAsync(() => site.ReadAsync(db => db.LearnedSteps.AnyAsync(s => s.DecisionId == made[0].Id)));
        await site.Writes.RunAsync((scope, _) =>
        {
            // One sum of many old steps.
            scope.Db.LearnedSteps.Add(new LearnedStep { Model = ModelKind.Spam, Changes = LearningLedger.Write([KeyValuePair.Create(7, 1_000)]) });
            return Task.CompletedTask;
        }, CancellationToken.None);
        using var there = new LearnedModels(site.Engine, site.App.Services.GetRequiredService<Lazy<BaseModels>>(), NullLogger<LearnedModels>.Instance);

        await there.StartAsync(CancellationToken.None);

        var expected = here.WeightsOf(ModelKind.Spam).All.ToDictionary();
        expected[7] = expected.GetValueOrDefault(7) + 1_000;
        await Eventually.SeesAsync(() => Task.FromResult(there.WeightsOf(ModelKind.Spam).All.OrderBy(w => w.Key).SequenceEqual(expected.Where(w => w.Value != 0).OrderBy(w => w.Key))));
        await there.StopAsync(CancellationToken.None);
        await site.Writes.RunAsync((scope, ct) => scope.Db.LearnedSteps.Where(s => s.DecisionId == null).ExecuteDeleteAsync(ct), CancellationToken.None);
    }

    [Fact]
    public async Task The_model_first_advises_then_acts_and_gives_its_reasons()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("Seen by the model");
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        const string Spam = "Wonderful blog! Cheap viagra online casino bonus, visit my website for payday loans.";
        using var guest = site.NewReader();
        using var advised = await guest.CommentAsync(article.Path, Spam, "cheap pills online", "a1@example.org");
        await site.SetAsync(p => p with { CheckModes = new Dictionary<string, CheckMode> { ["spam-model"] = CheckMode.Act } });
        using var acted = await guest.CommentAsync(article.Path, $"{Spam} Buy now.", "cheap pills online", "a2@example.org");

        var comments = await site.ReadAsync(db => db.Comments.Where(c => c.ArticleId == article.Id).OrderBy(c => c.Id).ToListAsync());
        Assert.Equal([Standing.Shown, Standing.Spam], comments.Select(c => c.Standing));
        Assert.All(comments, c => Assert.Contains("It looks like spam", ScreeningNote.Read(c.Screening).Single(r => r.Check == "spam-model").Reason, StringComparison.Ordinal));
        await site.SetAsync(p => p with { CheckModes = [] });
    }

    [Fact]
    public async Task Who_writes_an_insult_is_asked_once_to_think_again_and_keeps_the_words()
    {
        var article = await site.PublishAsync("Think again");
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0, NewcomerHourly = 2, CheckModes = new Dictionary<string, CheckMode> { ["toxicity-model"] = CheckMode.Act } });
        using var guest = site.NewReader();
        const string Rude = "You stupid idiot, shut up, everyone hates you.";

        using var asked = await guest.CommentAsync(article.Path, Rude, "Rudi", "rudi@example.org");
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await StaffClient.PageOf(asked)).QuerySelector("#commentform")!;

        Assert.Equal(System.Net.HttpStatusCode.OK, asked.StatusCode);
        Assert.Equal(0, await site.ReadAsync(db => db.Comments.CountAsync(c => c.ArticleId == article.Id)));
        Assert.Equal(Rude, form.QuerySelector("#comment")!.TextContent.Trim());
        Assert.NotNull(form.QuerySelector("input[name=nudged]"));
        using var sent = await guest.CommentAsync(article.Path, Rude, "Rudi", "rudi@example.org", [new("nudged", "1")]);
        Assert.Equal(System.Net.HttpStatusCode.Found, sent.StatusCode);
        Assert.Equal(Standing.Held, await site.ReadAsync(db => db.Comments.Where(c => c.ArticleId == article.Id).Select(c => c.Standing).SingleAsync()));
        using var calm = await guest.CommentAsync(article.Path, "The ferry is late again, it seems.", "Rudi", "rudi@example.org");
        // The one that was given back is no comment of theirs.
        Assert.Equal(Standing.Shown, await site.ReadAsync(db => db.Comments.Where(c => c.ArticleId == article.Id).OrderByDescending(c => c.Id).Select(c => c.Standing).FirstAsync()));
        await site.SetAsync(p => p with { NewcomerHourly = 0, CheckModes = [] });
    }

    [Fact]
    public async Task The_checks_look_again_at_a_queue_and_what_a_moderator_decided_stays()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var (quiet, rude, kept) = (await AddAsync("Gazebo talk, nothing else.", Standing.Held), await AddAsync("Gazebo of the forbidden flurb.", Standing.Held), await AddAsync("Gazebo flurb that stays held.", Standing.Shown));
        await DecideAsync(kept, Standing.Held, mod.Id);
        await site.SetAsync(p => p with { RefuseWords = "flurb" });

        using var started = await mod.SubmitAsync("/newsroom/comments/all/?show=held&to=again&q=gazebo", [], form: "main form[method=post]");
        var run = started.Headers.Location!.OriginalString;
        await Eventually.SeesAsync(async () => (await mod.Browser.ReadAsync(run)).Contains("Done.", StringComparison.Ordinal));

        Assert.Equal([Standing.Held, Standing.Trashed, Standing.Held], await Task.WhenAll(new[] { quiet, rude, kept }.Select(i => site.ReadAsync(db => db.Comments.Where(c => c.Id == i).Select(c => c.Standing).SingleAsync()))));
        Assert.Contains("flurb", await mod.Browser.ReadAsync($"/newsroom/comments/{rude}/"), StringComparison.Ordinal);
        await site.SetAsync(p => p with { RefuseWords = "" });
        using var back = await mod.SubmitAsync("/newsroom/comments/all/?show=trash&to=again&q=gazebo", [], form: "main form[method=post]");
        await Eventually.SeesAsync(async () => (await mod.Browser.ReadAsync(back.Headers.Location!.OriginalString)).Contains("Done.", StringComparison.Ordinal));
        Assert.Equal(Standing.Held, await site.ReadAsync(db => db.Comments.Where(c => c.Id == rude).Select(c => c.Standing).SingleAsync()));
    }

    private Task<List<Decision>> DecideAsync(long id, Standing to, long by) => site.Writes.RunAsync(async (scope, ct) => (await DecisionLedger.DecideAsync(scope, [new SeenComment(id)], new DecisionWish(to, by), ct)).Made, CancellationToken.None);

    private async Task<long> AddAsync(string words, Standing standing, string name = "Ida", string email = "ida@example.org", string ip = "192.0.2.9")
    {
        var article = await site.PublishAsync("Learned from");
        return await site.Writes.RunAsync(async (scope, ct) =>
        {
            var draft = CommentDraft.Read(new CommentFields(article.Id, null, words, name, email, ""), true).Value;
            var comment = Comment.Write(draft, Core.Text.CommentText.Render(words), new CommentOrigin(null, ip, "", scope.Now, scope.Now.DateTime), standing, null);
            await CommentLedger.AddAsync(scope, comment, ct);
            return comment.Id;
        }, CancellationToken.None);
    }

    public sealed class OnSqlite(SqliteSite site) : LearningTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : LearningTests(site), IClassFixture<PostgresSite>;
}
