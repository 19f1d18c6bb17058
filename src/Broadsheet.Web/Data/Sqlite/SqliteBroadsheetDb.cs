using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Broadsheet.Web.Data.Sqlite;

/// <summary>Instants are integers (milliseconds since 1970, UTC), since EF on SQLite cannot order DateTimeOffset.</summary>
internal sealed class SqliteBroadsheetDb(DbContextOptions<SqliteBroadsheetDb> options) : BroadsheetDb(options)
{
    /// <summary>Called once, when whoever reads by it has disposed it; null for nothing.</summary>
    public Action? Returned { get; set; }

    public override void Dispose()
    {
        base.Dispose();
        TellReturned();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        TellReturned();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions) =>
        conventions.Properties<DateTimeOffset>().HaveConversion<InstantToMilliseconds>();

    private void TellReturned()
    {
        var returned = Returned;
        Returned = null;
        returned?.Invoke();
    }

    private sealed class InstantToMilliseconds() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
