using System.Globalization;

namespace Broadsheet.Core.Discussion;

/// <summary>A comment's number under its article: <c>12</c> for a top-level one, <c>12.3</c> for the third reply, at any depth, below it. Given when first shown, for ever.</summary>
/// <param name="Top">From 1.</param>
/// <param name="Reply">0 for the top-level comment itself; replies count from 1.</param>
public readonly record struct CommentNumber(int Top, int Reply)
{
    public override string ToString() => Reply == 0
        ? Top.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Top}.{Reply}");

    /// <summary>The comment page that holds it: page N has the numbers (N−1)·size+1 … N·size.</summary>
    /// <param name="pageSize">Top-level comments a page, from 1.</param>
    public int Page(int pageSize) => (Top - 1) / pageSize + 1;
}

/// <summary>
/// The place of a reply below its top-level comment, as text whose ordinal order is the order of reading: each ancestor's reply
/// number, written as its count of digits and its digits (<c>7</c> → <c>17</c>, <c>12</c> → <c>212</c>). A parent is a prefix of its replies.
/// </summary>
public static class ThreadPath
{
    /// <summary>The top-level comment itself.</summary>
    public const string Root = "";

    public static string Below(string parent, int reply)
    {
        var digits = reply.ToString(CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{parent}{digits.Length}{digits}");
    }

    /// <summary>The reply number of the comment that a reply stands below; 0 where that is the top-level comment.</summary>
    /// <param name="path">Of a reply, as <see cref="Below"/> makes it.</param>
    public static int ParentReply(string path)
    {
        int parent = 0, own = 0;
        for (var at = 0; at < path.Length;)
        {
            var digits = path[at] - '0';
            (parent, own) = (own, int.Parse(path.AsSpan(at + 1, digits), NumberStyles.None, CultureInfo.InvariantCulture));
            at += 1 + digits;
        }
        return parent;
    }
}
