namespace Broadsheet.Web.Tests.Sites;

/// <summary>Another server on the database of the first, with a data folder of its own.</summary>
public sealed class SecondNode(BroadsheetSite first) : BroadsheetSite
{
    /// <summary>After the folder, which is its own.</summary>
    protected override async Task<string[]> ConfigurationAsync() => (await first.ArgumentsAsync())[2..];
}
