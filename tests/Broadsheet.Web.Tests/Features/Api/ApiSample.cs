using System.Globalization;
using System.Runtime.CompilerServices;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Api;

/// <summary>A small publication with something public and something secret of each kind. Filled once for each site.</summary>
public sealed class ApiSample
{
    /// <summary>In everything that no reader may get: bodies of drafts, held comments, e-mail addresses.</summary>
    public const string Secret = "zzsecret";

    private static readonly ConditionalWeakTable<BroadsheetSite, Lazy<Task<ApiSample>>> Filled = [];

    public long Author { get; private set; }
    public long Editor { get; private set; }
    public long Picture { get; private set; }
    public long HiddenPicture { get; private set; }
    public long News { get; private set; }
    public long Local { get; private set; }
    public long Ferries { get; private set; }
    public PublishedArticle One { get; private set; } = null!;
    public PublishedArticle Two { get; private set; } = null!;
    public PublishedArticle Three { get; private set; } = null!;
    public PublishedArticle Sealed { get; private set; } = null!;
    public PublishedArticle Draft { get; private set; } = null!;
    public PublishedArticle About { get; private set; } = null!;
    public PublishedArticle Staff { get; private set; } = null!;
    public long First { get; private set; }
    public long Reply { get; private set; }
    public long Held { get; private set; }

    public static Task<ApiSample> OfAsync(BroadsheetSite site) => Filled.GetValue(site, static s => new Lazy<Task<ApiSample>>(() => FillAsync(s))).Value;

    private static async Task<ApiSample> FillAsync(BroadsheetSite site)
    {
        var sample = new ApiSample();
        await site.SetAsync(p => p with { Title = "The Test Post", Tagline = "Words", TimeZone = "Europe/Berlin", HoldFirst = false, HoldLinks = 1 });
        await sample.AddPeopleAndTermsAsync(site);
        await sample.AddArticlesAsync(site);
        await sample.AddCommentsAsync(site);
        await site.IndexAsync();
        return sample;
    }

    private async Task AddPeopleAndTermsAsync(BroadsheetSite site) => await site.Writes.RunAsync(async (scope, ct) =>
    {
        var publication = new Publication { TimeZone = "Europe/Berlin" };
        Author = (await PeopleLedger.SaveAsync(scope, new PersonEdit($"ann.{Secret}@example.org", "Ann Author", Role.Author, null), null, ct)).Person.Id;
        Editor = (await PeopleLedger.SaveAsync(scope, new PersonEdit($"ed.{Secret}@example.org", "Ed Nobody", Role.Editor, null), null, ct)).Person.Id;
        News = await TermLedger.FindOrAddAsync(scope, Term.Category, "News", null, ct);
        Local = await TermLedger.FindOrAddAsync(scope, Term.Category, "Local", News, ct);
        Picture = await MediaLedger.AddAsync(scope, publication, new NewMedia("/wp-content/uploads/2020/02/boat.png", "A boat", "image/png", "A red boat", 1_234, 640, 480), Author, ct);
        var draft = Article.Create(ArticleKind.Article, ArticleStatus.Draft, scope.Now, Author);
        scope.Db.Articles.Add(draft);
        await scope.FlushAsync(ct);
        HiddenPicture = await MediaLedger.AddAsync(scope, publication, new NewMedia($"/wp-content/uploads/2020/02/{Secret}.png", $"A {Secret} boat", "image/png", Secret, 99, 10, 10), Author, ct);
        var hidden = await scope.Db.Articles.AsTracking().SingleAsync(a => a.Id == HiddenPicture, ct);
        hidden.Place(hidden.Slug, hidden.Path, draft.Id);
        await scope.FlushAsync(ct);
    }, CancellationToken.None);

    private async Task AddArticlesAsync(BroadsheetSite site)
    {
        var edit = new ArticleEdit("One", "<p>The <a href=\"/about/\">harbour</a> opens.</p><!--more--><p>More of it: grünes Wasser.</p>", BodyFormat.Html)
        {
            Status = ArticleStatus.Published,
            PublishedAt = At(2020, 2, 20),
            AuthorId = Author,
            Categories = [News],
            Tags = ["ferries"],
            IsSticky = true,
            FeaturedImageId = Picture,
            Credit = SourceCredit.Create("The Wire", "https://wire.example.com/a", "Bo Writer", new DateOnly(2020, 2, 19), RepublishingTerms.Excerpt).Value.Under(50, "", new DateTimeOffset(2020, 2, 19, 23, 30, 0, TimeSpan.Zero)),
        };
        One = await site.PublishAsync(edit);
        Two = await site.PublishAsync(new ArticleEdit("Two", "<p>A harbour in winter, grün &amp; still.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, PublishedAt = At(2020, 3, 1), AuthorId = Author, Categories = [Local], Tags = ["ferries", "ice"] });
        Three = await site.PublishAsync(new ArticleEdit("Three", "<p>Nothing of note.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, PublishedAt = At(2020, 4, 1), Tags = ["ice"], CommentsOpen = false });
        Sealed = await site.PublishAsync(new ArticleEdit("Sealed", $"<p>The {Secret} words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, PublishedAt = At(2020, 5, 1), AuthorId = Author, Password = "open sesame" });
        Draft = await site.PublishAsync(new ArticleEdit($"Draft {Secret}", $"<p>{Secret}</p>", BodyFormat.Html) { AuthorId = Editor, Categories = [News] });
        await site.PublishAsync(new ArticleEdit($"Private {Secret}", $"<p>{Secret}</p>", BodyFormat.Html) { Status = ArticleStatus.Private, AuthorId = Editor });
        await site.PublishAsync(new ArticleEdit($"Scheduled {Secret}", $"<p>{Secret}</p>", BodyFormat.Html) { Status = ArticleStatus.Published, PublishedAt = At(2150, 1, 1), AuthorId = Editor });
        About = await site.PublishAsync(new ArticleEdit("About", "<p>Us.</p>", BodyFormat.Html) { Kind = ArticleKind.Page, Status = ArticleStatus.Published, PublishedAt = At(2020, 1, 1), MenuOrder = 2 });
        Staff = await site.PublishAsync(new ArticleEdit("Staff", "<p>Them.</p>", BodyFormat.Html) { Kind = ArticleKind.Page, Status = ArticleStatus.Published, PublishedAt = At(2020, 1, 2), MenuOrder = 1, ParentId = About.Id });
        Ferries = await site.ReadAsync(db => db.Terms.Where(t => t.Slug == "ferries").Select(t => t.Id).SingleAsync());
    }

    private async Task AddCommentsAsync(BroadsheetSite site)
    {
        using var reader = site.NewReader();
        using var first = await reader.CommentAsync(One.Path, "I was on that ferry.", "Rita Reader", $"rita.{Secret}@example.org");
        First = await LastAsync(site);
        using var reply = await reader.CommentAsync(One.Path, "So was I.", "Sam Second", $"sam.{Secret}@example.org", [new("comment_parent", First.ToString(CultureInfo.InvariantCulture))]);
        Reply = await LastAsync(site);
        using var held = await reader.CommentAsync(One.Path, $"Buy {Secret} http://a.test http://b.test http://c.test", $"Spammer {Secret}", $"spam.{Secret}@example.org");
        Held = await LastAsync(site);
    }

    private static Task<long> LastAsync(BroadsheetSite site) => site.ReadAsync(db => db.Comments.MaxAsync(c => c.Id));

    private static DateTimeOffset At(int year, int month, int day) => new(year, month, day, 10, 0, 0, TimeSpan.Zero);
}
