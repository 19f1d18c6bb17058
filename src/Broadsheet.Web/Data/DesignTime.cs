using Broadsheet.Web.Data.PostgreSql;
using Broadsheet.Web.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Broadsheet.Web.Data;

/// <summary>For <c>dotnet ef</c> alone: contexts without a database (see <c>eng/add-migration.sh</c>).</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<SqliteBroadsheetDb>, IDesignTimeDbContextFactory<PostgreSqlBroadsheetDb>
{
    SqliteBroadsheetDb IDesignTimeDbContextFactory<SqliteBroadsheetDb>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteBroadsheetDb>().UseSqlite("Data Source=design.db").UseSnakeCaseNamingConvention().Options);

    PostgreSqlBroadsheetDb IDesignTimeDbContextFactory<PostgreSqlBroadsheetDb>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgreSqlBroadsheetDb>().UseNpgsql("Host=design").UseSnakeCaseNamingConvention().Options);
}
