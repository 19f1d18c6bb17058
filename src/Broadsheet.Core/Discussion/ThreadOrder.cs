using System.Globalization;

namespace Broadsheet.Core.Discussion;

/// <summary>The order in which a discussion's top-level comments are read. Replies always stand below what they answer, oldest first.</summary>
public enum ThreadOrder
{
    /// <summary>By number.</summary>
    Oldest = 0,
    Newest = 1,

    /// <summary>By the likes of people who are known by name; then the newer one first.</summary>
    Liked = 2,

    /// <summary>By the replies at any depth that are shown; then the newer one first.</summary>
    Replied = 3,
}

public static class ThreadOrders
{
    /// <summary>As in addresses (<c>?order=newest</c>) and in the API.</summary>
    public static string Name(this ThreadOrder order) => order switch
    {
        ThreadOrder.Newest => "newest",
        ThreadOrder.Liked => "liked",
        ThreadOrder.Replied => "replied",
        _ => "oldest",
    };

    /// <returns>Null for no order that there is.</returns>
    public static ThreadOrder? Parse(string? name) => name switch
    {
        "oldest" => ThreadOrder.Oldest,
        "newest" => ThreadOrder.Newest,
        "liked" => ThreadOrder.Liked,
        "replied" => ThreadOrder.Replied,
        _ => null,
    };
}

/// <summary>Where a part of an ordered discussion ended: the last top-level comment's value and number. The next part begins after it, whatever came meanwhile.</summary>
/// <param name="Value">Likes or replies; 0 where the number alone orders.</param>
public readonly record struct ThreadCursor(int Value, int Number)
{
    /// <summary><c>12</c>, or <c>7.12</c> with a value in front.</summary>
    public override string ToString() => Value == 0 ? Number.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Value}.{Number}");

    /// <returns>Null where <paramref name="text"/> is no cursor.</returns>
    public static ThreadCursor? Parse(string? text)
    {
        var parts = (text ?? "").Split('.');
        if (parts.Length > 2 || !int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1) return null;
        if (parts.Length == 1) return new ThreadCursor(0, number);
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? new ThreadCursor(value, number) : null;
    }
}
