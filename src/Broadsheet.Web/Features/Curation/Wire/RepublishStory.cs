using System.Globalization;
using System.Net;
using Broadsheet.Core;
using Broadsheet.Core.Curation;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Curation.Outlets;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Curation.Wire;

/// <summary>One act makes a draft of a story within its outlet's terms, with the credit filled in, and opens it in the editor.</summary>
internal sealed class RepublishStory(IDatabaseEngine engine, Writes writes, ShowStory stories, ArticleRendering rendering, PublicationStore publications, SiteIndexStore indexes, DeskPages pages, Notices notices, TimeProvider clock)
{
    /// <summary>A feed that sends fewer words than this sends a summary: where the terms allow the full text, the page is read.</summary>
    private const int SummaryWords = 200;

    public static void Map(RouteGroupBuilder room) => room.MapPost("/{id:long}/republish/", (HttpContext http, long id, RepublishStory action) => action.HandleAsync(http, id));

    private async Task<IResult> HandleAsync(HttpContext http, long id)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        await using var db = engine.Open();
        if (await WireFilter.Visible(db).FirstOrDefaultAsync(w => w.Id == id, ct) is not { } item) return await ShowStory.GoneAsync(pages, http);
        if (item.ArticleId is { } made) return TypedResults.Redirect(Editor(made));
        var outlet = item.OutletId is { } by ? await db.Outlets.FirstOrDefaultAsync(o => o.Id == by, ct) : null;
        var terms = outlet?.TermsOf() ?? TermsOfOutlet.Create(RepublishingTerms.Unknown).Value;
        if (!terms.MayRepublish) return await pages.SayAsync(http, StatusCodes.Status422UnprocessableEntity, "Not republished", $"{item.OutletName} does not let others republish its stories.", WireNames.PathOf(id), "The story");
        var lack = terms.MayHold != 0 && item.FullBody is null && item.Url is not null && CopiedWords.CountAll(PlainText.Of(SafeHtml.FromStore(item.Body))) < Math.Min(SummaryWords, terms.MayHold ?? int.MaxValue) ? await stories.GetAsync(item, ct) : null;
        var publication = await publications.GetAsync(ct);
        if (CreditOf(item, outlet, terms, publication) is not { Problem: null, Value: var credit }) return await pages.SayAsync(http, StatusCodes.Status422UnprocessableEntity, "Not republished", "The outlet's name or the story's address cannot be used in a credit.", WireNames.PathOf(id), "The story");
        var article = await StoreAsync(item, outlet, terms, credit, publication, person.Id, ct);
        notices.Say(http, new DeskShell.Notice(Said(item, terms, lack)));
        return TypedResults.Redirect(Editor(article));
    }

    private async Task<long> StoreAsync(WireItem item, Outlet? outlet, TermsOfOutlet terms, SourceCredit credit, Publication publication, long personId, CancellationToken ct)
    {
        var index = await indexes.GetAsync(ct);
        var language = LanguageOf(item, outlet, publication);
        var edit = new ArticleEdit(item.Title, BodyOf(item, terms, language is null ? "" : " lang=\"en\""), BodyFormat.Html)
        {
            AuthorId = personId,
            Credit = credit,
            Language = language,
            Categories = outlet is null ? [] : [.. OutletForm.CategoriesOf(outlet).Where(index.Categories.ContainsKey)],
        };
        var text = await rendering.RenderAsync(edit, 0, ct);
        return await writes.RunAsync(async (scope, token) =>
        {
            // Two editors at the same moment: the second gets the article of the first.
            if (await scope.Db.WireItems.Where(w => w.Id == item.Id).Select(w => w.ArticleId).FirstOrDefaultAsync(token) is { } made) return made;
            var article = await ArticleLedger.SaveAsync(scope, publication, 0, edit, text, personId, token);
            await WireDecisions.TakeAsync(scope, item.Id, article, outlet?.ChecksOriginals == false ? null : item.Url, token);
            return article;
        }, ct);
    }

    private Outcome<SourceCredit> CreditOf(WireItem item, Outlet? outlet, TermsOfOutlet terms, Publication publication)
    {
        var credit = SourceCredit.Create(outlet?.Name ?? item.OutletName, item.Url, item.Author, DateOnly.FromDateTime(publication.Local(item.PublishedAt)), terms.Kind, canonicalToOriginal: outlet?.Canonical != false && item.Url is not null);
        return credit.Problem is { } problem ? problem : credit.Value.Under(terms.Words, outlet?.CreditFormat ?? "", clock.GetUtcNow());
    }

    /// <summary>As much as the terms allow, and the way to the rest.</summary>
    /// <param name="ours">Marks our own words in a story of another language.</param>
    private static string BodyOf(WireItem item, TermsOfOutlet terms, string ours)
    {
        var whole = item.FullBody ?? item.Body;
        var words = terms.MayHold switch { null => whole, 0 => "", var n => FirstWords.Of(whole, n.Value) };
        var link = terms.MayHold is not null && item.Url is { } url ? $"<p{ours}><a href=\"{WebUtility.HtmlEncode(url)}\">{(terms.MayHold == 0 ? "Read it" : "Read the whole story")} at {WebUtility.HtmlEncode(item.OutletName)}</a></p>" : "";
        return words.Length > 0 && link.Length > 0 ? $"{words}\n{link}" : words + link;
    }

    /// <summary>The outlet's own, else as its feed or page says; null for the publication's, whatever the countries.</summary>
    private static string? LanguageOf(WireItem item, Outlet? outlet, Publication publication) =>
        LanguageTag.Read(outlet?.Language ?? item.Language) is { } tag && !LanguageTag.IsSame(tag, publication.Language) ? tag : null;

    private static string Said(WireItem item, TermsOfOutlet terms, string? lack)
    {
        var holds = terms.Kind switch
        {
            RepublishingTerms.FullText => $"{item.OutletName} allows the full text with credit: here it is.",
            RepublishingTerms.Excerpt => $"{item.OutletName} allows {terms.Words} words: here they are, with the way to the rest.",
            RepublishingTerms.LinkOnly => $"{item.OutletName} allows a link: write a few words of your own before it.",
            _ => $"What {item.OutletName} allows is not known: a link, for now.",
        };
        return lack is null ? holds : $"{holds} {lack} What the feed sends was taken.";
    }

    private static string Editor(long id) => string.Create(CultureInfo.InvariantCulture, $"/newsroom/articles/{id}/");
}
