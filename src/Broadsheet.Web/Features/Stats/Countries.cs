using System.Net;
using Broadsheet.Core;
using MaxMind.Db;

namespace Broadsheet.Web.Features.Stats;

/// <summary>The country of a network, by a database that the operator supplies (<c>Stats:CountryDatabase</c>: a file in MaxMind's format, from any maker). The address itself is looked up and forgotten.</summary>
internal sealed class Countries(Reader? database) : IDisposable
{
    /// <param name="file">Null: countries are not counted.</param>
    public static Outcome<Countries> Open(string? file)
    {
        if (string.IsNullOrWhiteSpace(file)) return new Countries(null);
        try
        {
            return new Countries(new Reader(file, FileAccessMode.MemoryMapped));
        }
        catch (Exception unread) when (unread is IOException or InvalidDatabaseException or UnauthorizedAccessException)
        {
            return new Problem("Stats:CountryDatabase", $"Stats:CountryDatabase is “{file}”, which cannot be read: {unread.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>There is a database of them.</summary>
    public bool AreKnown => database is not null;

    /// <returns>Two capital letters (ISO 3166-1); null where nothing is known.</returns>
    public string? Of(IPAddress? address)
    {
        if (database is null || address is null) return null;
        try
        {
            return database.Find<Dictionary<string, object>>(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address) is { } found
                && found.TryGetValue("country", out var country) && country is Dictionary<string, object> of && of.TryGetValue("iso_code", out var code) && code is string { Length: 2 } iso ? iso : null;
        }
        catch (InvalidDatabaseException)
        {
            // A damaged part of the file: this one is not counted.
            return null;
        }
    }

    public void Dispose() => database?.Dispose();
}
