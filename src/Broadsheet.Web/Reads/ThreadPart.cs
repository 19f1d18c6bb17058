using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Reads;

/// <summary>Which part of a discussion is read: a page in an order, or a stretch of one comment's replies.</summary>
/// <param name="Page">In the order of numbers: from 1.</param>
/// <param name="After">In other orders: what the part before ended with; null for the beginning.</param>
/// <param name="Branch">The number of the top-level comment whose replies are read; null for a page of all.</param>
/// <param name="Stretch">Which of its stretches, from 1.</param>
/// <param name="Size">Top-level comments a page.</param>
/// <param name="RepliesEach">Replies shown under each, and in a stretch.</param>
/// <param name="LastNumber">The last number that was given.</param>
internal sealed record ThreadPart(ThreadOrder Order, int Page, ThreadCursor? After, int? Branch, int Stretch, int Size, int RepliesEach, int LastNumber)
{
    /// <summary>The pages that hold the thread in the order of numbers.</summary>
    public int LastPage => Math.Max(1, (LastNumber - 1) / Size + 1);

    /// <summary>The lowest number of the page, where numbers order it.</summary>
    public int First => Order == ThreadOrder.Newest ? Math.Max(1, Last - Size + 1) : (Page - 1) * Size + 1;

    private int Last => Order == ThreadOrder.Newest ? Math.Min(LastNumber, (After?.Number ?? int.MaxValue) - 1) : Math.Min(LastNumber, Page * Size);

    public IEnumerable<int> Numbers => Enumerable.Range(First, Math.Max(0, Last - First + 1));

    /// <summary>The reply numbers that are shown below each top-level comment.</summary>
    public (int Low, int High) Replies => ((Stretch - 1) * RepliesEach + 1, Stretch * RepliesEach);

    /// <summary>The beginning of the discussion as the publication orders it: where featured comments and pings stand.</summary>
    public bool IsFirst => Page == 1 && After is null && Branch is null;

    /// <summary>There is no such part.</summary>
    public bool IsBeyond => Branch is { } top ? top > LastNumber : Order switch
    {
        ThreadOrder.Oldest => Page > LastPage,
        ThreadOrder.Newest => After is not null && Last < 1,
        _ => false,
    };

    public int ValueOf(CommentRow row) => Order == ThreadOrder.Liked ? row.PersonLikes : row.RepliesBelow;

    /// <summary>Not of an earlier part.</summary>
    public bool IsAfter(CommentRow row) => After is not { } after || (ValueOf(row), row.Number).CompareTo((after.Value, after.Number)) < 0;

    /// <summary>Of this part, as far as its number says.</summary>
    public bool Holds(CommentRow row)
    {
        var (low, high) = Replies;
        if (Branch is { } top) return row.Number == top && (row.Reply == 0 || (row.Reply >= low && row.Reply <= high));
        if (row.Reply > high) return false;
        return Order is ThreadOrder.Liked or ThreadOrder.Replied || (row.Number >= First && row.Number <= Last);
    }

    /// <summary>As the address asks: <c>?order=</c> with <c>?after=</c>, <c>?thread=</c> with <c>?part=</c>, or the page in the path.</summary>
    /// <param name="page">From the path or <c>?cpage=</c>; null for the bare permalink.</param>
    public static ThreadPart Of(HttpRequest request, Publication publication, int lastNumber, int? page)
    {
        var query = request.Query;
        var plain = new ThreadPart(ThreadOrder.Oldest, page ?? 1, null, null, 1, publication.CommentsPerPage, publication.RepliesShown, lastNumber);
        if (Number(query["thread"]) is { } top) return plain with { Page = 1, Branch = top, Stretch = Number(query["part"]) is { } part and <= 2_000_000 ? part : 1 };
        if (page is not null) return plain;
        var order = ThreadOrders.Parse(query["order"]) ?? publication.ThreadOrder;
        return order == ThreadOrder.Oldest ? plain : plain with { Order = order, After = ThreadCursor.Parse(query["after"]) };
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}

/// <summary>What comes along with a part of a thread.</summary>
/// <param name="ReplyTo">The id of a comment that is to be answered.</param>
internal sealed record ThreadExtras(bool Pings, bool Featured, long? ReplyTo);
