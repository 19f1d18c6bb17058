using System.Text.Json;
using Broadsheet.Core.People;
using Broadsheet.Core.Text;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Browser.Tests.Editor;

/// <summary>What the rich-text editor reads it writes back: untouched to the byte, touched in one passage and nowhere else.</summary>
public sealed class RoundTripTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    /// <summary>Reads each text, writes it, then changes one passage after the other and looks at all that stands around it.</summary>
    private const string Check = """
        ([texts, format, changes]) => {
          const { readText, writeText, schema, nodes } = BroadsheetEditor;
          const faults = [];
          let edits = 0, passages = 0, raw = 0;
          const same = (node) => JSON.stringify(node.toJSON()).replace(/"origin":(\d+|null)/g, "").replace(/"(bullet|frame)":("[^"]*"|null)/g, "");
          for (const text of texts) {
            const { doc, source } = readText(text, format);
            if (writeText(doc, source) !== text) faults.push(`untouched: ${text.slice(0, 200)}`);
            passages += source.origins.length;
            doc.forEach((node) => { if (node.type === nodes.raw) raw++; });
            let done = 0, at = source.lead.length;
            doc.forEach((node, _, i) => {
              const from = at, origin = source.origins[i];
              if (origin) at += origin.text.length + origin.gap.length;
              if (!origin || done >= changes || !node.isTextblock || node.type === nodes.figure || node.content.size === 0) return;
              done++; edits++;
              const list = [];
              doc.forEach((each, __, j) => list.push(j === i ? each.copy(each.content.append(nodes.paragraph.create(null, schema.text("Zebra")).content)) : each));
              const changed = nodes.doc.create(null, list);
              const out = writeText(changed, source);
              const before = text.slice(0, from).trimEnd(), after = text.slice(from + origin.text.length).trim();
              if (!out.startsWith(before) || !out.trimEnd().endsWith(after) || !out.includes("Zebra")) { faults.push(`around: ${origin.text.slice(0, 200)}`); return; }
              const again = readText(out, format).doc;
              if (again.childCount !== changed.childCount || list.some((each, j) => same(each) !== same(again.child(j)))) faults.push(`again: ${origin.text.slice(0, 200)}`);
            });
          }
          return JSON.stringify({ faults, edits, passages, raw });
        }
        """;

    [Fact]
    public async Task Our_own_documents_come_back_as_they_were_but_for_the_passage_that_was_changed()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");

        var found = await CheckAsync(ed, Manuscripts.OwnDocuments(), "markdown", 1_000);

        Assert.Empty(found.Faults);
        Assert.True(found.Edits > 100, $"{found.Edits} edits");
        Assert.True(found.Raw < found.Passages / 5, $"{found.Raw} of {found.Passages} passages cannot be edited as rich text");
    }

    [Theory]
    [InlineData("wordpress")]
    [InlineData("html")]
    public async Task The_bodies_of_real_exports_come_back_as_they_were_but_for_the_passage_that_was_changed(string format)
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        var (edits, passages, raw, faults) = (0, 0, 0, new List<string>());
        foreach (var some in Manuscripts.OfExports().Where(b => b.Length < 100_000).Chunk(100))
        {
            var found = await CheckAsync(ed, some, format, 1);
            (edits, passages, raw) = (edits + found.Edits, passages + found.Passages, raw + found.Raw);
            faults.AddRange(found.Faults);
        }

        Assert.Empty(faults);
        Assert.True(edits > 500, $"{edits} edits");
        Assert.True(raw < passages / 4, $"{raw} of {passages} passages cannot be edited as rich text");
    }

    [Fact]
    public async Task What_the_editor_writes_the_server_shows_as_it_showed_what_was_read()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        var wrong = new List<string>();
        foreach (var text in Manuscripts.OwnDocuments())
        {
            // Every passage written anew, as if each had been touched.
            var passages = JsonSerializer.Deserialize<string[][]>(await ed.Page.EvaluateAsync<string>("""
                (text) => {
                  const { readText, writeText, nodes } = BroadsheetEditor;
                  const { doc, source } = readText(text, "markdown");
                  const list = [];
                  doc.forEach((node, _, i) => { if (node.type !== nodes.raw && source.origins[i]) list.push([source.origins[i].text, writeText(nodes.doc.create(null, node.type.create({ ...node.attrs, origin: null }, node.content)), { ...source, lead: "", origins: [] })]); });
                  return JSON.stringify(list);
                }
                """, text))!;
            foreach (var passage in passages)
                if (Shown(passage[0]) != Shown(passage[1])) wrong.Add($"{passage[0]}\n→\n{passage[1]}\n{Shown(passage[0])}\n{Shown(passage[1])}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Its_markup_goes_through_the_sanitiser_unchanged()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");

        var html = await ed.Page.EvaluateAsync<string>("""
            (text) => {
              const { readText, convert, nodes } = BroadsheetEditor;
              const { doc } = readText(text, "markdown");
              const list = [];
              doc.forEach((node) => { let isPlain = node.type !== nodes.raw; node.descendants((n) => { if (n.type === nodes.rawInline) isPlain = false; }); if (isPlain) list.push(node); });
              return convert(nodes.doc.create(null, list), "html").text;
            }
            """, Manuscripts.Markdown);

        Assert.Contains("<h2>Setext</h2>", html);
        Assert.Contains("wp-block-pullquote", html);
        // The marker is the renderer's to keep.
        Assert.Equal(Squeezed(html.Replace("<!--more-->", "", StringComparison.Ordinal)), Squeezed(Sanitiser.Clean(html, MarkupRights.Editor).Value));
    }

    private static string Squeezed(string html) => html.Replace("\n", "", StringComparison.Ordinal).Replace(" rel=\"noopener\"", "", StringComparison.Ordinal);

    /// <summary>With the one address that the documents define apart from where they name it.</summary>
    private static string Shown(string markdown) => string.Join(' ', ArticleRenderer.Render($"{markdown}\n\n[ref]: https://example.org/ref\n", BodyFormat.Markdown, RenderContext.Default).Html.Value.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)).Replace("> <", "><", StringComparison.Ordinal);

    private static async Task<Found> CheckAsync(Reader ed, IEnumerable<string> texts, string format, int changes) =>
        JsonSerializer.Deserialize<Found>(await ed.Page.EvaluateAsync<string>(Check, new object[] { texts.Select(t => t.ReplaceLineEndings("\n")).ToArray(), format, changes }), JsonSerializerOptions.Web)!;

    private sealed record Found(string[] Faults, int Edits, int Passages, int Raw);
}
