using System.Net;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Data.Sqlite;

namespace Broadsheet.Web.Tests.Features.Newsroom;

/// <summary>Another program holds the database for longer than a write waits (ten seconds).</summary>
public sealed class StorageTroubleTests(SqliteSite site) : IClassFixture<SqliteSite>
{
    [Fact]
    public async Task A_locked_database_gives_the_words_back_and_takes_them_when_it_is_free()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var form = (IHtmlFormElement)(await ed.OpenAsync("/newsroom/articles/new/")).QuerySelector("form.editor")!;
        await using var other = new SqliteConnection($"Data Source={Path.Combine(site.Folder, "broadsheet.db")}");
        await other.OpenAsync();
        await using var hold = other.CreateCommand();
        hold.CommandText = "BEGIN IMMEDIATE";
        await hold.ExecuteNonQueryAsync();

        using var answer = await ed.SendAsync(form, "", [new("title", "Held up"), new("body", "Words that waited, as long as it took, for a free database.")], ("deed", "publish"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var page = await StaffClient.PageOf(answer);
        Assert.Contains("Words that waited", page.QuerySelector("textarea[name=body]")!.TextContent, StringComparison.Ordinal);
        hold.CommandText = "ROLLBACK";
        await hold.ExecuteNonQueryAsync();
        using var again = await ed.SendAsync((IHtmlFormElement)page.QuerySelector("form.kept")!, "", []);
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
        using var reader = site.NewReader();
        Assert.Contains("Held up", await reader.ReadAsync("/"));
    }
}
