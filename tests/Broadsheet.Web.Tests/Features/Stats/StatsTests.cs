using System.Globalization;
using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Stats;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Stats;

public abstract class StatsTests(BroadsheetSite site)
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    [Fact]
    public async Task Views_of_an_article_are_counted_by_day_with_where_they_came_from_and_nothing_else()
    {
        var article = await site.PublishAsync("Counted");
        using var reader = site.NewReader();
        await TellAsync(reader.Http, ("post", $"{article.Id}"), ("from", "https://www.search.example/?q=private"));
        await TellAsync(reader.Http, ("post", $"{article.Id}"), ("from", "https://www.search.example/other"));
        await TellAsync(reader.Http, ("post", $"{article.Id}"), ("from", ""));
        await TellAsync(reader.Http, ("post", $"{article.Id}"), ("from", new Uri(site.Url, "/").AbsoluteUri));
        await TellAsync(reader.Http, ("post", $"{article.Id}"), ("seconds", "40"), ("first", "1"));
        await TellAsync(reader.Http, ("post", $"{article.Id}"), ("seconds", "20"), ("first", "0"));
        await TellAsync(reader.Http, ("post", $"{article.Id}"), ("seconds", "99999"), ("first", "1"));
        await WriteAsync();
        var rows = await site.ReadAsync(db => db.Stats.Where(s => s.ArticleId == article.Id).ToListAsync());
        var own = Assert.Single(rows, r => r.Kind == StatKind.Article);
        Assert.Equal((4, 3, 1, 60L), (own.Views, own.Visits, own.Reads, own.Seconds));
        Assert.Equal([("", 1), ("search.example", 2)], rows.Where(r => r.Kind == StatKind.Source).OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => (r.Key, r.Views)));
        Assert.DoesNotContain(await site.ReadAsync(db => db.Stats.Select(s => s.Key).ToListAsync()), k => k.Contains("private", StringComparison.Ordinal) || k.Contains("127.0.0.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_writings_of_one_day_add_up_and_the_total_has_all_pages()
    {
        var article = await site.PublishAsync("Adds up");
        using var reader = site.NewReader();
        var before = await TotalAsync();
        await TellAsync(reader.Http, ("post", $"{article.Id}"), ("from", ""));
        await WriteAsync();
        await TellAsync(reader.Http, ("post", $"{article.Id}"), ("from", ""));
        await TellAsync(reader.Http, ("path", "/"), ("from", ""));
        await TellAsync(reader.Http, ("path", "/"), ("s", "Harbour  news"), ("from", ""));
        await TellAsync(reader.Http, ("path", "/search/Harbour%20news/"), ("s", "Harbour  news"), ("from", "https://a.example/"));
        await WriteAsync();
        Assert.Equal(2, await site.ReadAsync(db => db.Stats.Where(s => s.Kind == StatKind.Article && s.ArticleId == article.Id).SumAsync(s => s.Views)));
        Assert.Equal(before + 5, await TotalAsync());
        Assert.Equal(1, await site.ReadAsync(db => db.Stats.Where(s => s.Kind == StatKind.Search && s.Key == "harbour news").SumAsync(s => s.Views)));
    }

    [Theory]
    [InlineData("post=424242&from=")]
    [InlineData("post=-1&from=")]
    [InlineData("path=/newsroom/&from=")]
    [InlineData("path=/no/such/address/&from=")]
    [InlineData("path=%00&from=")]
    [InlineData("seconds=5&first=1")]
    [InlineData("")]
    public async Task What_is_not_here_is_not_counted(string form)
    {
        using var reader = site.NewReader();
        await WriteAsync();
        var before = await TotalAsync();
        using var content = new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/wp-json/broadsheet/v1/views") { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", Browser);
        using var answer = await reader.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await WriteAsync();
        Assert.Equal(before, await TotalAsync());
    }

    [Fact]
    public async Task Programs_and_the_staff_are_not_counted_and_a_switch_ends_it()
    {
        var article = await site.PublishAsync("Not counted");
        using var reader = site.NewReader();
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        await TellAsync(reader.Http, agent: "Mozilla/5.0 (compatible; Findbot/1.0)", fields: [("post", $"{article.Id}"), ("from", "")]);
        await TellAsync(editor.Browser.Http, ("post", $"{article.Id}"), ("from", ""));
        await site.SetAsync(p => p with { CountsViews = false });
        await TellAsync(reader.Http, ("post", $"{article.Id}"), ("from", ""));
        await site.SetAsync(p => p with { CountsViews = true });
        await WriteAsync();
        Assert.False(await site.ReadAsync(db => db.Stats.AnyAsync(s => s.ArticleId == article.Id)));
        await TellAsync(reader.Http, ("post", $"{article.Id}"), ("from", ""));
        await WriteAsync();
        Assert.True(await site.ReadAsync(db => db.Stats.AnyAsync(s => s.ArticleId == article.Id)));
    }

    [Fact]
    public async Task Likes_are_counted_on_their_day_and_taken_off_with_them()
    {
        var article = await site.PublishAsync("Liked");
        using var reader = site.NewReader();
        using var like = await reader.Http.PostAsync(new Uri($"/wp-json/broadsheet/v1/posts/{article.Id}/likes", UriKind.Relative), null);
        Assert.Equal(1, await LikesAsync(article.Id));
        using var again = await reader.Http.PostAsync(new Uri($"/wp-json/broadsheet/v1/posts/{article.Id}/likes", UriKind.Relative), null);
        Assert.Equal(1, await LikesAsync(article.Id));
        using var gone = await reader.Http.DeleteAsync(new Uri($"/wp-json/broadsheet/v1/posts/{article.Id}/likes", UriKind.Relative));
        Assert.Equal(0, await LikesAsync(article.Id));
    }

    [Fact]
    public async Task The_desk_shows_them_with_tables_for_a_spreadsheet()
    {
        var article = await site.PublishAsync("=Shown & counted");
        using var reader = site.NewReader();
        await TellAsync(reader.Http, ("post", $"{article.Id}"), ("from", "https://far.example/"));
        await TellAsync(reader.Http, ("post", $"{article.Id}"), ("seconds", "75"), ("first", "1"));
        await WriteAsync();
        using var author = await StaffClient.SignInAsync(site, Role.Author);
        var page = await author.OpenAsync("/newsroom/statistics/?days=7");
        Assert.Contains("=Shown & counted", page.QuerySelector(".tables .wide")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("far.example", page.QuerySelector(".tables")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(7, page.QuerySelectorAll(".chart g").Length);
        var one = await author.OpenAsync($"/newsroom/statistics/?days=30&article={article.Id}");
        Assert.Contains("1 min 15 s", one.QuerySelector(".figures")!.TextContent, StringComparison.Ordinal);
        var articles = await author.Browser.Http.GetStringAsync(new Uri("/newsroom/statistics/table.csv?what=articles&days=0", UriKind.Relative));
        Assert.StartsWith("article,headline,views,views_with_time,seconds\r\n", articles, StringComparison.Ordinal);
        Assert.Contains($"{article.Id},'=Shown & counted,1,1,75\r\n", articles, StringComparison.Ordinal);
        var days = await author.Browser.Http.GetStringAsync(new Uri($"/newsroom/statistics/table.csv?article={article.Id}", UriKind.Relative));
        Assert.EndsWith(",1,1,1,75\r\n", days, StringComparison.Ordinal);
        using var none = await author.GetAsync("/newsroom/statistics/?article=424242");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Months_of_long_ago_become_one_row_each_and_nothing_is_lost()
    {
        var today = new DateOnly(2026, 3, 15).DayNumber;
        var longAgo = new DateOnly(2020, 2, 3);
        await site.Writes.RunAsync((scope, _) =>
        {
            foreach (var day in new[] { 0, 1, 20, 40 })
                foreach (var key in new[] { "a.example", "b.example" }) StatLedger.Add(scope, new StatRow { Kind = StatKind.Country, Day = longAgo.AddDays(day).DayNumber, Key = key, Views = 1 + day });
            return Task.CompletedTask;
        }, CancellationToken.None);
        while (await site.Writes.RunAsync((scope, ct) => StatLedger.FoldAsync(scope, today, ct), CancellationToken.None)) { }
        var rows = await site.ReadAsync(db => db.Stats.Where(s => s.Kind == StatKind.Country && s.Day < today - 1_000).OrderBy(s => s.Day).ThenBy(s => s.Key).ToListAsync());
        Assert.Equal([("2020-02-01", "a.example", 24), ("2020-02-01", "b.example", 24), ("2020-03-01", "a.example", 41), ("2020-03-01", "b.example", 41)],
            rows.Select(r => (DateOnly.FromDayNumber(r.Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), r.Key, r.Views)));
    }

    private Task<bool> WriteAsync() => site.App.Services.GetRequiredService<WriteCounts>().RunAsync(CancellationToken.None);

    private Task<int> TotalAsync() => site.ReadAsync(db => db.Stats.Where(s => s.Kind == StatKind.Total).SumAsync(s => s.Views));

    private Task<int> LikesAsync(long article) => site.ReadAsync(db => db.Stats.Where(s => s.Kind == StatKind.Like && s.ArticleId == article).SumAsync(s => s.Views));

    private static Task TellAsync(HttpClient http, params (string Name, string Value)[] fields) => TellAsync(http, Browser, fields);

    private static async Task TellAsync(HttpClient http, string agent, (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/wp-json/broadsheet/v1/views") { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public sealed class OnSqlite(SqliteSite site) : StatsTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : StatsTests(site), IClassFixture<PostgresSite>;
}
