using System.Xml.Linq;
using Broadsheet.Web.Data.Records;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Broadsheet.Web.Data;

/// <summary>The keys of cookies and tokens, in the database: a backup has them, and every node has the same.</summary>
internal sealed class ProtectionKeyStore(IDatabaseEngine engine, Writes writes) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = engine.Open();
        return [.. db.ProtectionKeys.OrderBy(k => k.Id).Select(k => k.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    // The framework's interface is synchronous; a key is stored once in 90 days.
    public void StoreElement(XElement element, string friendlyName) => writes.RunAsync((scope, _) =>
    {
        scope.Db.ProtectionKeys.Add(new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        return Task.CompletedTask;
    }, CancellationToken.None).GetAwaiter().GetResult();
}
