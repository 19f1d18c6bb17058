using System.Data.Common;
using Npgsql;

namespace Broadsheet.Web.Data.PostgreSql;

/// <summary>What an operator's connection string has not said otherwise: statements that come again stay prepared, since the server takes longer to plan most of ours than to run them.</summary>
internal static class ConnectionSettings
{
    private static readonly string[] Spellings = ["Max Auto Prepare", "MaxAutoPrepare"];

    public static NpgsqlConnectionStringBuilder With(string connectionString)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!Array.Exists(Spellings, given.ContainsKey)) (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (200, 2);
        return settings;
    }
}
