namespace Broadsheet.Web.Caching;

/// <summary>Tells other nodes that there is something to read, so that they look at once. A ring that is lost costs them half a second, nothing else.</summary>
internal interface IDoorbell
{
    /// <summary>Never waits.</summary>
    void Ring();
}

/// <summary>No other node hears of it.</summary>
internal sealed class NoDoorbell : IDoorbell
{
    public void Ring()
    {
    }
}
