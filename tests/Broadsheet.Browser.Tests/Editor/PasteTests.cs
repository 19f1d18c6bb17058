using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests.Editor;

/// <summary>What stands on a clipboard after copying in Word, in Google Docs and on a web page comes in clean. The samples are of our own making.</summary>
public sealed class PasteTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    private const string Word = """
        <html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri"} --></style></head><body lang=EN-GB>
        <!--StartFragment--><h2 style='mso-margin-top-alt:auto'>The <span class=SpellE>harbour</span><o:p></o:p></h2>
        <p class=MsoNormal style='margin-bottom:8.0pt'><span lang=EN-US style='font-size:12.0pt;mso-fareast-font-family:Calibri'>Ferries run <b style='mso-bidi-font-weight:normal'>twice</b> a day, <i>mostly</i>.</span><o:p>&nbsp;</o:p></p>
        <p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>First</p>
        <p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o&nbsp;</span><![endif]>Below the first</p>
        <p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·&nbsp;</span><![endif]>Second</p>
        <table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr><td width=200 style='width:150pt'><p class=MsoNormal>Pier</p></td><td><p class=MsoNormal>Time<o:p></o:p></p></td></tr></table>
        <p class=MsoNormal><a href="https://example.org/ferries">Times</a></p><!--EndFragment--></body></html>
        """;

    private const string GoogleDocs = """
        <meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1a2b"><h3 dir="ltr" style="line-height:1.38"><span style="font-size:14pt;font-weight:400">A heading</span></h3>
        <p dir="ltr" style="margin-top:0pt"><span style="font-weight:700;font-family:Arial">Bold</span><span style="font-weight:400"> and </span><span style="font-style:italic">slanted</span><span style="font-weight:400"> words.</span></p>
        <ol style="margin-top:0"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>One</span></p></li><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><a href="https://www.google.com/url?q=https://example.org/two&amp;sa=D"><span style="color:#1155cc">Two</span></a></p></li></ol></b>
        """;

    private const string WebPage = """
        <div class="article__body" style="font-size: 18px"><script>steal()</script><style>p{color:red}</style><h1 onclick="x()">A headline</h1><div>Loose <font color="red">words</font> <span style="display:none">hidden</span></div>
        <blockquote class="q"><p>Said.</p></blockquote><ul><li>a</li><ul><li>b</li></ul></ul><p><img src="data:image/png;base64,AAAA"><a href="javascript:alert(1)">no link</a> <em class="x">em</em></p><iframe src="https://ads.example/"></iframe></div>
        """;

    [Theory]
    [InlineData(Word, "## The harbour\n\nFerries run **twice** a day, *mostly*.\n\n- First\n  - Below the first\n- Second\n\n<table>\n<tbody>\n<tr><td>Pier</td><td>Time</td></tr>\n</tbody>\n</table>\n\n[Times](https://example.org/ferries)")]
    [InlineData(GoogleDocs, "### A heading\n\n**Bold** and *slanted* words.\n\n1. One\n2. [Two](https://example.org/two)")]
    [InlineData(WebPage, "## A headline\n\nLoose words\n\n> Said.\n\n- a\n  - b\n\nno link *em*")]
    public async Task Headings_lists_links_and_tables_stay_and_looks_go(string clipboard, string markdown)
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        var refused = new List<string>();
        ed.Page.Console += (_, message) => { if (message.Type == "error") refused.Add(message.Text); };

        await PasteAsync(ed.Page, clipboard, "plain");

        await Assertions.Expect(ed.Page.Locator("textarea[name=body]")).ToHaveValueAsync(markdown);
        // The page's policy had nothing to refuse.
        Assert.Empty(refused);
    }

    [Fact]
    public async Task An_address_of_a_known_player_becomes_a_card_and_any_other_a_link()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");

        await PasteAsync(ed.Page, "", "https://www.youtube.com/watch?v=abc");
        await ed.Page.Keyboard.TypeAsync("See ");
        await PasteAsync(ed.Page, "", "https://example.org/page");

        await Assertions.Expect(ed.Page.Locator("textarea[name=body]")).ToHaveValueAsync("https://www.youtube.com/watch?v=abc\n\nSee https://example.org/page");
        Assert.Empty(ed.ForeignRequests);
    }

    private static async Task PasteAsync(IPage page, string html, string text)
    {
        await page.Locator(".ProseMirror").FocusAsync();
        await page.EvaluateAsync("""
            ([html, text]) => {
              const data = new DataTransfer();
              if (html) data.setData("text/html", html);
              data.setData("text/plain", text);
              document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """, new[] { html, text });
    }
}
