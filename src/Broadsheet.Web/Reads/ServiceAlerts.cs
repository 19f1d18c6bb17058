using System.Collections.Concurrent;

namespace Broadsheet.Web.Reads;

/// <summary>What services outside the server would have the staff know, such as a key that has run out: the latest of each, in this process.</summary>
internal sealed class ServiceAlerts
{
    private readonly ConcurrentDictionary<string, string> _alerts = new(StringComparer.Ordinal);

    public IEnumerable<(string Service, string Message)> All => _alerts.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => (a.Key, a.Value));

    /// <param name="message">Null: all is well again.</param>
    public void Set(string service, string? message)
    {
        if (message is null) _alerts.TryRemove(service, out _);
        else _alerts[service] = message.Length > 500 ? message[..500] : message;
    }
}
