using System.Data.Common;
using Npgsql;

namespace Broadsheet.Web.Data.PostgreSql;

/// <summary>
/// What an operator's connection string has not said otherwise: statements that come again stay prepared (the server takes longer to plan most of ours than to run them),
/// and none is compiled to machine code by the server, which costs tens of milliseconds each time where it thinks a look expensive.
/// </summary>
internal static class ConnectionSettings
{
    public static NpgsqlConnectionStringBuilder With(string connectionString)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!given.ContainsKey("Max Auto Prepare")) (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (200, 2);
        if (string.IsNullOrEmpty(settings.Options)) settings.Options = "-c jit=off";
        return settings;
    }
}
