using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Broadsheet.Web.Data.PostgreSql;

/// <summary>Instants are <c>timestamptz</c> cut to the millisecond; local times <c>timestamp</c>; the path of a thread and slugs compare by bytes.</summary>
internal sealed class PostgreSqlBroadsheetDb(DbContextOptions<PostgreSqlBroadsheetDb> options) : BroadsheetDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTime>().HaveColumnType("timestamp without time zone");
        conventions.Properties<DateTimeOffset>().HaveConversion<CutToMilliseconds>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Comment>().Property(c => c.Path).UseCollation("C");
        // So that a beginning of a slug is a range of its index.
        builder.Entity<Article>().Property(a => a.Slug).UseCollation("C");
    }

    private sealed class CutToMilliseconds() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        instant => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds()), instant => instant);
}
