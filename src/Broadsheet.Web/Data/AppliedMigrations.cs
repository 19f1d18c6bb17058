using System.Data;
using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Broadsheet.Web.Data;

/// <summary>Whether a database has all of the program's migrations, by one statement of our own: EF's look at it takes a good part of a start, nearly always to find nothing to do.</summary>
internal static class AppliedMigrations
{
    /// <summary>False also where that cannot be told: then EF looks.</summary>
    public static async Task<bool> AreAllAsync(BroadsheetDb db, CancellationToken ct)
    {
        var connection = db.Database.GetDbConnection();
        var wasClosed = connection.State == ConnectionState.Closed;
        try
        {
            if (wasClosed) await connection.OpenAsync(ct);
            var applied = new HashSet<string>(StringComparer.Ordinal);
            await using (var command = connection.CreateCommand())
            {
                command.CommandText = "SELECT migration_id FROM \"__EFMigrationsHistory\"";
                await using var rows = await command.ExecuteReaderAsync(ct);
                while (await rows.ReadAsync(ct)) applied.Add(rows.GetString(0));
            }
            return Of(db.GetType()).All(applied.Contains);
        }
        catch (DbException)
        {
            // No such table, no such database: what to do about it is EF's to find out.
            return false;
        }
        finally
        {
            if (wasClosed) await connection.CloseAsync();
        }
    }

    /// <summary>The program's own, of one database's kind.</summary>
    private static IEnumerable<string> Of(Type context) => context.Assembly.GetTypes()
        .Where(t => t.Namespace == $"{context.Namespace}.Migrations" && t.IsSubclassOf(typeof(Migration))).Select(t => t.GetCustomAttribute<MigrationAttribute>()!.Id);
}
