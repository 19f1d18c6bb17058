using System.Xml.Linq;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Tests.Text;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests;

/// <summary>
/// The payloads of the shared collections (every twenty-fourth, all in the full suite; the sanitiser's own tests try all) in a real browser, a hundred a page, without the content security policy and with every
/// handler triggered: no dialog, no navigation, no request to another host.
/// </summary>
public sealed class PayloadTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    private const int PerPage = 100;

    private static readonly List<XssPayload> Payloads = [.. XssPayloads.All.Where((_, i) => i % (Suite.IsFull ? 1 : 24) == 0)];

    /// <summary>Fires what a payload might wait for, at every element; ordinary links are not followed.</summary>
    private const string Trigger = """
        () => {
          document.addEventListener('click', e => { const a = e.target.closest && e.target.closest('a,area'); if (a && !/^\s*(javascript|data|vbscript):/i.test(a.getAttribute('href') || a.getAttribute('xlink:href') || '')) e.preventDefault(); }, true);
          document.addEventListener('submit', e => e.preventDefault(), true);
          const events = ['click','dblclick','mousedown','mouseup','mouseover','mouseenter','mousemove','mouseout','focus','focusin','blur','keydown','keyup','keypress','load','error','toggle','pointerover','pointerdown','pointerrawupdate','animationstart','animationend','transitionend','wheel','scroll','copy','cut','paste','drag','dragstart','drop','input','change','select','play','ended','canplay','loadeddata','beforetoggle','contextmenu','auxclick','search','show','finish','start','begin','repeat'];
          let count = 0;
          for (const element of document.querySelectorAll('main *')) {
            if (element.closest('#respond')) continue;
            count++;
            for (const name of events) element.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
            if (element.matches('a')) element.click();
            const on = [...element.attributes].filter(a => /^on/i.test(a.name));
            if (on.length) throw new Error('handler ' + on[0].name + ' in ' + element.outerHTML.slice(0, 200));
          }
          return count;
        }
        """;

    [Fact]
    public async Task As_a_comment_with_its_author_and_link_nothing_runs()
    {
        var pages = new List<string>();
        foreach (var batch in Payloads.Chunk(PerPage))
        {
            var article = await site.PublishAsync($"Comments {pages.Count}");
            await site.Writes.RunAsync(async (scope, ct) =>
            {
                foreach (var payload in batch) await AddAsync(scope, article.Id, payload.Markup, ct);
            }, CancellationToken.None);
            pages.Add(article.Path);
            pages.Add($"{article.Path.TrimEnd('/')}/comment-page-2/");
        }
        await NothingHappensAsync(pages);
    }

    [Fact]
    public async Task As_an_article_with_its_headline_and_credit_nothing_runs()
    {
        var pages = await PublishAllAsync();
        pages.AddRange(["/", "/page/2/", "/page/3/", "/page/4/"]);
        await NothingHappensAsync(pages);
    }

    [Fact]
    public async Task As_an_item_of_our_feeds_nothing_runs_in_a_reader_that_trusts_them()
    {
        await site.SetAsync(p => p with { PostsPerFeed = 50 });
        await PublishAllAsync();
        using var client = site.NewReader();
        await using var reader = await chromium.OpenAsync(site, withoutPolicy: true);
        var alarms = Watch(reader);
        var (items, elements) = (0, 0);
        foreach (var feed in (string[])["/feed/", "/feed/?paged=2", "/feed/atom/"])
        {
            using var answer = await client.GetAsync(feed);
            if (!answer.IsSuccessStatusCode) continue;
            foreach (var item in XDocument.Parse(await answer.Content.ReadAsStringAsync()).Descendants().Where(e => e.Name.LocalName is "item" or "entry"))
            {
                // As a careless reader would: the title, the summary, the author and the words, all as markup.
                var html = string.Concat(item.Descendants().Where(e => e.Name.LocalName is "title" or "description" or "summary" or "encoded" or "content" or "creator" or "name" or "source").Select(e => e.Value));
                await reader.Page.GotoAsync("/healthz");
                await reader.Page.EvaluateAsync("html => { document.body.innerHTML = '<main>' + html + '</main>'; }", html);
                var tried = await reader.Page.EvaluateAsync<int>(Trigger);
                // The articles under which another test of this class put its comments are tried, too, but have next to no body to count.
                if (!item.ToString().Contains("/bodies-", StringComparison.Ordinal)) continue;
                elements += tried;
                items++;
            }
        }
        Assert.Empty(alarms);
        Assert.Empty(reader.ForeignRequests);
        Assert.True(items > (Suite.IsFull ? 20 : 8) && elements > items * 50, $"Only {items} items with {elements} elements were tried.");
    }

    /// <summary>A hundred bodies, each rendered by itself, in one article each. The article's source is their HTML: whatever is rendered anew, as after changed settings, stays the same.</summary>
    private async Task<List<string>> PublishAllAsync()
    {
        var pages = new List<string>();
        foreach (var batch in Payloads.Chunk(PerPage))
        {
            var html = string.Concat(batch.Select(p => ArticleRenderer.Render(p.Markup, BodyFormat.WordPress, RenderContext.Default).Html.Value).Concat(batch.Select(p => ArticleRenderer.Render(p.Markup, BodyFormat.Markdown, RenderContext.Default).Html.Value))).Replace("<!--nextpage-->", "");
            var head = batch[pages.Count % batch.Length].Markup;
            var edit = new ArticleEdit(Cut(head, 900), html, BodyFormat.Html)
            {
                Status = ArticleStatus.Published,
                Slug = $"bodies-{pages.Count}",
                Credit = SourceCredit.Create(Cut(head, 190).ReplaceLineEndings(" "), "https://outlet.example/a?b=\"><script>alert(1)</script>", Cut(head, 190).ReplaceLineEndings(" ")) is { Problem: null } credit ? credit.Value : null,
            };
            var text = ArticleRendering.Render(edit.Title, html, BodyFormat.Html, Cut(head, 900), RenderContext.Default);
            var publication = new Publication();
            var id = await site.Writes.RunAsync((scope, ct) => ArticleLedger.SaveAsync(scope, publication, 0, edit, text, null, ct), CancellationToken.None);
            pages.Add($"/?p={id}");
        }
        return pages;
    }

    private static async Task AddAsync(WriteScope scope, long articleId, string payload, CancellationToken ct)
    {
        var draft = CommentDraft.Read(new CommentFields(articleId, null, Filled(payload), Cut(payload, 245), "a@example.org", Cut(payload, 150)), true);
        if (draft.Problem is not null) draft = CommentDraft.Read(new CommentFields(articleId, null, Filled(payload), Cut(Filled(payload), 245), "a@example.org", null), true);
        if (draft.Problem is not null) draft = CommentDraft.Read(new CommentFields(articleId, null, Filled(payload), "A", "a@example.org", null), true);
        var origin = new CommentOrigin(null, "", "", scope.Now, scope.Now.UtcDateTime);
        await CommentLedger.AddAsync(scope, Comment.Write(draft.Value, CommentText.Render(draft.Value.Body), origin, Standing.Shown, null), ct);
    }

    private async Task NothingHappensAsync(List<string> paths)
    {
        await using var reader = await chromium.OpenAsync(site, withoutPolicy: true);
        var alarms = Watch(reader);
        var elements = 0;
        foreach (var path in paths)
        {
            await reader.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
            var before = reader.Page.Url;
            elements += await reader.Page.EvaluateAsync<int>(Trigger);
            if (reader.Page.Url.Split('#')[0] != before.Split('#')[0]) alarms.Add($"{path} led to {reader.Page.Url}");
            Assert.True(alarms.Count == 0, $"{path}: {string.Join("; ", alarms)}");
        }
        Assert.Empty(reader.ForeignRequests);
        Assert.True(elements > paths.Count * 50, $"Only {elements} elements were tried.");
    }

    private static List<string> Watch(Reader reader)
    {
        var alarms = new List<string>();
        reader.Page.Dialog += (_, dialog) =>
        {
            alarms.Add($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        reader.Page.Popup += (_, popup) => alarms.Add($"popup: {popup.Url}");
        reader.Page.Download += (_, download) => alarms.Add($"download: {download.Url}");
        return alarms;
    }

    private static string Filled(string text) => string.IsNullOrWhiteSpace(text) || text.All(c => char.IsControl(c) || char.IsWhiteSpace(c)) ? $"words {text}" : text;

    private static string Cut(string text, int max) => text.Length > max ? text[..max] : text;
}
