using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Data.PostgreSql;

/// <summary>A connection that breaks, with all that stood prepared on it, is trouble with the storage, whatever the driver says; and the next reading has another.</summary>
public sealed class BrokenConnectionTests(PostgresSite site) : IClassFixture<PostgresSite>
{
    [Fact]
    public async Task Whatever_fails_while_the_server_ends_its_connections_is_told_as_trouble_with_the_storage()
    {
        var article = await site.PublishAsync("Read on");
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(6));
        var read = 0;
        var troubles = 0;

        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                try
                {
                    await site.ReadAsync(db => db.Articles.Where(a => a.Id == article.Id).Select(a => a.TitleText).FirstAsync());
                    await site.ReadAsync(db => db.Comments.CountAsync(c => c.ArticleId == article.Id));
                    Interlocked.Increment(ref read);
                }
                catch (Exception failure)
                {
                    Assert.True(site.Engine.AsStorageTrouble(failure) is { Trouble: StorageTrouble.Unreachable }, failure.ToString());
                    Interlocked.Increment(ref troubles);
                }
            }
        })).ToList();
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(150);
            try
            {
                await site.ReadAsync(db => db.Database.ExecuteSqlRawAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"));
            }
            catch (Exception failure) when (site.Engine.AsStorageTrouble(failure) is not null)
            {
            }
        }
        await Task.WhenAll(readers);

        Assert.True(read > 100, $"{read} readings");
        Assert.True(troubles > 0, "nothing broke");
        Assert.Equal("Read on", await site.ReadAsync(db => db.Articles.Where(a => a.Id == article.Id).Select(a => a.TitleText).FirstAsync()));
    }

    [Fact]
    public void A_null_reference_of_the_driver_s_own_is_a_broken_connection_and_one_of_ours_is_a_fault()
    {
        Assert.Equal(StorageTrouble.Unreachable, site.Engine.AsStorageTrouble(new InvalidOperationException("Wrapped", Thrown("Npgsql")))?.Trouble);
        Assert.Null(site.Engine.AsStorageTrouble(Thrown("broadsheet")));
    }

    private static NullReferenceException Thrown(string source)
    {
        string? nothing = null;
        try
        {
            _ = nothing!.Length;
            throw new InvalidOperationException("Nothing has a length.");
        }
        catch (NullReferenceException fault)
        {
            fault.Source = source;
            return fault;
        }
    }
}
