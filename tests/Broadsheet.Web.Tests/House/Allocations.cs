namespace Broadsheet.Web.Tests.House;

/// <summary>How much memory a piece of work takes, once everything that is made once is made. Counted on this thread alone, so that other tests do not matter.</summary>
internal static class Allocations
{
    /// <summary>Enough for the compiler to have settled on how it makes each method.</summary>
    private const int Warm = 60;

    private const int Counted = 20;

    /// <returns>Bytes of one run: the median of several, so that a table that grows once does not count.</returns>
    public static long Of(Action work)
    {
        for (var i = 0; i < Warm; i++) work();
        var each = new long[Counted];
        for (var i = 0; i < Counted; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            each[i] = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Array.Sort(each);
        return each[Counted / 2];
    }
}
