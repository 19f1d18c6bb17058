using System.IO.Compression;
using System.Net;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Web.Features.Transfer.Browser;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Transfer;

/// <summary>Moving in through the browser.</summary>
public abstract class BrowserImportTests(BroadsheetSite site)
{
    private const string Page = "/newsroom/import/";

    [Fact]
    public async Task An_export_is_looked_through_then_comes_in_when_somebody_says_so_and_once()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        var export = Written(new Export { Site = "https://one.example", Title = "One" }.Author(1, "ann", "ann@one.example", "Ann").Item(501, "Over the bridge").Comment(9001, "First!").Comment(9002, "Second.", parent: 9001));
        var address = await BringAsync(admin, "one.xml", export);
        var looked = await WaitAsync(admin, address);
        Assert.Contains("can come in", looked.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["posts:1", "comments:2", "writers:1"], Lines(looked));
        Assert.False(await site.ReadAsync(db => db.Articles.AnyAsync(a => a.Slug == "over-the-bridge")));

        using var started = await admin.SubmitAsync(address, [], form: "form[action$='/start/']");
        var done = await WaitAsync(admin, address);
        Assert.Contains("is here", done.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        var article = await site.ReadAsync(db => db.Articles.SingleAsync(a => a.Slug == "over-the-bridge"));
        Assert.Equal(2, await site.ReadAsync(db => db.Comments.CountAsync(c => c.ArticleId == article.Id)));
        Assert.Contains("“one.xml” of one.example was brought in.", await site.ReadAsync(db => db.AuditEntries.Where(e => e.PersonId == admin.Id).Select(e => e.What).ToListAsync()));

        using var again = await admin.SubmitAsync(address, [], form: "form[action$='/start/']");
        var twice = await WaitAsync(admin, address);
        Assert.Contains("posts:1:0:1", Lines(twice, whole: true));
        Assert.Equal(1, await site.ReadAsync(db => db.Articles.CountAsync(a => a.Title == "Over the bridge")));

        using var forgotten = await admin.SubmitAsync(address, [], form: "form[action$='/forget/']");
        Assert.False(File.Exists(Shelf.FileOf(address.Split('/')[^2])));
        Assert.Null((await admin.OpenAsync(address)).QuerySelector("form[action$='/start/']"));
        Assert.True(await site.ReadAsync(db => db.Articles.AnyAsync(a => a.Slug == "over-the-bridge")));
    }

    [Fact]
    public async Task A_damaged_export_is_named_with_its_line_and_nothing_of_it_comes_in()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        var whole = Written(new Export { Site = "https://two.example", Title = "Two" }.Author(1, "ann", "ann@two.example", "Ann").Item(601, "Cut off"));
        var address = await BringAsync(admin, "two.xml", whole[..^40]);
        var page = await WaitAsync(admin, address);
        Assert.Matches(@"two\.xml.*\d", page.QuerySelector("main .problem")!.TextContent);
        Assert.Null(page.QuerySelector("[name=media]"));
        using var start = await admin.SubmitAsync(address, [], form: "form[action$='/start/']");
        Assert.Contains("could not be read", (await WaitAsync(admin, address)).QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.False(await site.ReadAsync(db => db.Articles.AnyAsync(a => a.Slug == "cut-off")));
    }

    [Fact]
    public async Task Of_an_archive_each_export_is_taken_and_what_is_no_export_is_said()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        var export = Written(new Export { Site = "https://three.example", Title = "Three" }.Author(1, "ann", "ann@three.example", "Ann").Item(701, "Packed"));
        using var packed = new MemoryStream();
        await using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in (string[])["three.001.xml", "three.002.xml", "read-me.txt"])
            {
                await using var entry = await archive.CreateEntry(name).OpenAsync();
                await entry.WriteAsync(export);
            }
        }
        using var taken = await admin.SubmitAsync(Page, [], form: "form.upload", files: ("file", "three.zip", packed.ToArray()));
        Assert.Equal(Page, taken.Headers.Location?.OriginalString);
        Assert.Equal(["three.001.xml", "three.002.xml"], Shelf.All().Where(t => t.Name.StartsWith("three.", StringComparison.Ordinal)).Select(t => t.Name).Order(StringComparer.Ordinal));

        using var damaged = await admin.SubmitAsync(Page, [], form: "form.upload", files: ("file", "broken.zip", packed.ToArray()[..^30]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, damaged.StatusCode);
        Assert.Contains("“broken.zip” is a damaged ZIP archive", (await StaffClient.PageOf(damaged)).QuerySelector("main .problem")!.TextContent, StringComparison.Ordinal);
        using var nothing = await admin.SubmitAsync(Page, [], form: "form.upload");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
    }

    [Fact]
    public async Task One_that_waits_is_stopped_and_goes_on()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        var export = new Export { Site = "https://four.example", Title = "Four" }.Author(1, "ann", "ann@four.example", "Ann");
        for (var i = 0; i < 60; i++) export.Item(801 + i, $"Long {i}").Thread(20_001 + i * 100, 60);
        var address = await BringAsync(admin, "four.xml", Written(export));
        await WaitAsync(admin, address);
        using (await admin.SubmitAsync(address, [], form: "form[action$='/start/']")) { }
        var form = (IHtmlFormElement)(await admin.OpenAsync(address)).QuerySelector("form[action$='/stop/']")!;
        using (await admin.SendAsync(form, address, [])) { }
        Assert.Contains("was stopped", (await WaitAsync(admin, address)).QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);

        using (await admin.SubmitAsync(address, [], form: "form[action$='/start/']")) { }
        Assert.Contains("is here", (await WaitAsync(admin, address)).QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(60, await site.ReadAsync(db => db.Articles.CountAsync(a => a.Slug.StartsWith("long-"))));
        Assert.Equal(60 * 60, await site.ReadAsync(db => db.Comments.CountAsync(c => db.Articles.Any(a => a.Id == c.ArticleId && a.Slug.StartsWith("long-")))));
    }

    [Fact]
    public async Task A_large_export_is_taken_of_an_administrator_alone()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        using var author = await StaffClient.SignInAsync(site, Role.Author);
        var large = new byte[(int)(40L << 20)];
        "<rss>"u8.CopyTo(large);
        var address = await BringAsync(admin, "large.xml", large);
        Assert.Equal(large.Length, Shelf.Read(address.Split('/')[^2])!.Bytes);
        await WaitAsync(admin, address);
        using (await admin.SubmitAsync(address, [], form: "form[action$='/forget/']")) { }

        var token = (await author.OpenAsync("/newsroom/articles/new/")).QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent(large), "file", "large.xml" } };
        var refused = 0;
        try
        {
            using var answer = await author.Browser.Http.PostAsync(new Uri(Page, UriKind.Relative), content);
            refused = (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // The server hangs up before it has read so much.
        }
        Assert.True(refused is 0 or 403 or 413, $"answered {refused}");
        Assert.DoesNotContain(Shelf.All(), t => t.Name == "large.xml" && t.ById == author.Id);
    }

    [Fact]
    public async Task Where_a_ticket_cannot_be_written_the_program_goes_on()
    {
        var worker = site.App.Services.GetRequiredService<ImportWorker>();
        var ticket = new ImportTicket("0123456789abcdef99", "lost.xml", 1, TimeProvider.System.GetUtcNow(), 1) { Stand = ImportStand.Looking };
        Directory.CreateDirectory(Path.GetDirectoryName(Shelf.FileOf(ticket.Id))!);
        Shelf.Write(ticket);
        var inTheWay = Path.ChangeExtension(Shelf.FileOf(ticket.Id), ".json.part");
        Directory.CreateDirectory(inTheWay);
        worker.Ring();
        await Task.Delay(1_000);
        Assert.False(worker.ExecuteTask!.IsCompleted);

        Directory.Delete(inTheWay);
        worker.Ring();
        for (var n = 0; n < 100 && Shelf.Read(ticket.Id)!.IsAtWork; n++) await Task.Delay(100);
        Assert.Equal(ImportStand.Failed, Shelf.Read(ticket.Id)!.Stand);
    }

    [Fact]
    public void What_is_old_is_deleted_and_its_ticket_stays()
    {
        var shelf = new ImportShelf(Directory.CreateTempSubdirectory("bs-shelf").FullName, TimeProvider.System);
        Directory.CreateDirectory(Path.Combine(shelf.DataFolder, "imports"));
        var old = new ImportTicket("0123456789abcdef01", "old.xml", 1, TimeProvider.System.GetUtcNow() - ImportShelf.Kept - TimeSpan.FromHours(1), 1) { Stand = ImportStand.Ready };
        var young = old with { Id = "0123456789abcdef02", At = TimeProvider.System.GetUtcNow() };
        var busy = old with { Id = "0123456789abcdef03", Stand = ImportStand.Waiting };
        foreach (var ticket in (ImportTicket[])[old, young, busy])
        {
            File.WriteAllText(shelf.FileOf(ticket.Id), "x");
            shelf.Write(ticket);
        }
        shelf.ForgetOld();
        Assert.Equal([false, true, true], ((ImportTicket[])[old, young, busy]).Select(t => File.Exists(shelf.FileOf(t.Id))));
        Assert.True(shelf.Read(old.Id)!.IsForgotten);
        Assert.Null(shelf.Read("../../etc/passwd"));
        Directory.Delete(shelf.DataFolder, recursive: true);
    }

    private ImportShelf Shelf => site.App.Services.GetRequiredService<ImportShelf>();

    private byte[] Written(Export export) => File.ReadAllBytes(export.Write(site.Folder));

    private static async Task<string> BringAsync(StaffClient admin, string name, byte[] content)
    {
        using var answer = await admin.SubmitAsync(Page, [], form: "form.upload", files: ("file", name, content));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>The import's page once it is not at work any more.</summary>
    private static async Task<IHtmlDocument> WaitAsync(StaffClient admin, string address)
    {
        for (var n = 0; n < 600; n++)
        {
            var page = await admin.OpenAsync(address);
            if (page.QuerySelector("[data-run=on]") is null) return page;
            await Task.Delay(100);
        }
        throw new TimeoutException($"{address} is at work still.");
    }

    private static IEnumerable<string> Lines(IHtmlDocument page, bool whole = false) =>
        page.QuerySelectorAll("table.tally tbody tr").Select(row => string.Join(':', row.Children.Take(whole ? 4 : 2).Select(c => c.TextContent)));

    public sealed class OnSqlite(SqliteSite site) : BrowserImportTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : BrowserImportTests(site), IClassFixture<PostgresSite>;
}
