using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Microsoft.AspNetCore.Identity;

namespace Broadsheet.Web.Features.Demo;

/// <summary>Fills an empty folder with a living publication: articles over half a year, threads long and short, comments in every state, staff of every role.</summary>
internal sealed class SamplePublication(Writes writes, ArticleRendering rendering, TimeProvider clock)
{
    /// <summary>The lead's discussion.</summary>
    private const int LongThread = 200;

    private static readonly (string Slug, string Name, Role Role)[] Staff =
    [
        ("mara", "Mara Ellison", Role.Administrator), ("tomas", "Tomas Reed", Role.Editor), ("ines", "Ines Calloway", Role.Author),
        ("the-wire", "Wire desk", Role.Author), ("readers", "Readers’ letters", Role.Contributor), ("hollis", "Hollis Grey", Role.Moderator),
    ];

    public async Task FillAsync(CancellationToken ct)
    {
        var publication = await writes.RunAsync((scope, token) => PublicationStore.ChangeAsync(scope, p => p with
        {
            Title = "The Lantern Post",
            Tagline = "News of Merrow Bay, read slowly",
            TimeZone = "Europe/Berlin",
            IsSetUp = true,
            HoldLinks = 3,
        }, token), ct);
        var people = await writes.RunAsync(AddStaffAsync, ct);
        var ids = new List<long>();
        foreach (var (article, index) in SampleText.Articles.Select((a, i) => (a, i)).OrderByDescending(a => a.a.DaysAgo).ThenByDescending(a => a.i)) ids.Add(await PublishAsync(publication, article, index, people, ct));
        await writes.RunAsync(AddPagesAsync(publication, people), ct);
        await DiscussAsync(publication, ids, people, ct);
    }

    private async Task<Dictionary<string, long>> AddStaffAsync(WriteScope scope, CancellationToken ct)
    {
        var people = Staff.Select(s => new Person
        {
            UserName = s.Slug,
            NormalizedUserName = s.Slug.ToUpperInvariant(),
            Email = $"{s.Slug}@lantern.example",
            NormalizedEmail = $"{s.Slug}@LANTERN.EXAMPLE".ToUpperInvariant(),
            EmailConfirmed = true,
            DisplayName = s.Name,
            Slug = s.Slug,
            Role = s.Role,
            JoinedAt = scope.Now,
            SecurityStamp = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)),
        }).ToList();
        scope.Db.Users.AddRange(people);
        await scope.FlushAsync(ct);
        foreach (var person in people) await NameLedger.HoldAsync(scope, person, isChosen: false, ct);
        scope.Evict("site-index");
        return people.ToDictionary(p => p.Slug, p => p.Id, StringComparer.Ordinal);
    }

    private async Task<long> PublishAsync(Publication publication, SampleArticle sample, int index, Dictionary<string, long> people, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // Today's first in the morning; the others spread over their days.
        var at = sample.DaysAgo == 0 ? now.AddMinutes(-20 - index * 35) : new DateTimeOffset(now.Date, TimeSpan.Zero).AddDays(-sample.DaysAgo).AddHours(8 + index % 9).AddMinutes(index * 7 % 60);
        var edit = new ArticleEdit(sample.Title, sample.Body, BodyFormat.Markdown)
        {
            Status = ArticleStatus.Published,
            PublishedAt = at,
            AuthorId = people[sample.Author.Replace(' ', '-')],
            Tags = sample.Tags,
            Credit = sample.Credit is { } c ? SourceCredit.Create(c.Outlet, c.Url, c.Author, DateOnly.FromDateTime(publication.Local(now.AddDays(-c.DaysAgo))), RepublishingTerms.FullText).Value : null,
        };
        var text = await rendering.RenderAsync(edit, 0, ct);
        return await writes.RunAsync(async (scope, token) =>
        {
            var category = await TermLedger.FindOrAddAsync(scope, Term.Category, sample.Category, null, token);
            return await ArticleLedger.SaveAsync(scope, publication, 0, edit with { Categories = [category] }, text, null, token);
        }, ct);
    }

    private static Func<WriteScope, CancellationToken, Task> AddPagesAsync(Publication publication, Dictionary<string, long> people) => async (scope, ct) =>
    {
        foreach (var (title, body) in new[]
        {
            ("About", "The Lantern Post is written by four people and read by more. Write to us at *desk@lantern.example*.\n\nWe say where a story comes from, correct what was wrong in the place where it stood, and keep the discussion open."),
            ("House rules", "Stay with the subject. Say who you are, or be kind. Quote what you answer. Nobody has to have the last word.\n\n1. No insults, of anyone.\n2. No advertisements.\n3. Links are welcome when they help."),
        })
        {
            var edit = new ArticleEdit(title, body, BodyFormat.Markdown) { Kind = ArticleKind.Page, Status = ArticleStatus.Published, AuthorId = people["mara"], CommentsOpen = false };
            await ArticleLedger.SaveAsync(scope, publication, 0, edit, ArticleRendering.Render(edit.Title, edit.Body, edit.Format, "", ArticleRendering.Context(publication, NoMedia.Instance)), null, ct);
        }
    };

    private async Task DiscussAsync(Publication publication, List<long> ids, Dictionary<string, long> people, CancellationToken ct)
    {
        var lead = ids[^1];
        await new SampleThread(publication, lead, clock.GetUtcNow().AddMinutes(-19)).AddAsync(writes, LongThread, people["mara"], ct);
        for (var i = 0; i < ids.Count - 1; i++)
            await new SampleThread(publication, ids[i], clock.GetUtcNow().AddHours(-(ids.Count - i))).AddAsync(writes, i * 7 % 12, people["tomas"], ct);
        await SampleThread.AddRemainsAsync(writes, publication, lead, clock.GetUtcNow(), ct);
    }
}
