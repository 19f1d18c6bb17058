namespace Broadsheet.Core.Screening.Words;

/// <summary>A text in its screening form, with the way back.</summary>
internal sealed class FoldedText
{
    private readonly int[] _origins;

    private FoldedText(string original, string folded, int[] origins) => (Original, Folded, _origins) = (original, folded, origins);

    public string Original { get; }

    public string Folded { get; }

    public static FoldedText Of(string text)
    {
        var room = ScreeningFold.RoomFor(text.Length);
        var (folded, origins) = (new char[room], new int[room]);
        var length = ScreeningFold.Fold(text, folded, origins);
        return new FoldedText(text, new string(folded, 0, length), origins);
    }

    /// <summary>Where a part of the folded text stands in the original, in UTF-16 code units.</summary>
    public (int Start, int Length) InOriginal(int start, int length)
    {
        var from = _origins[start];
        var last = _origins[start + length - 1];
        var end = last + 1;
        if (end < Original.Length && char.IsSurrogatePair(Original[last], Original[end])) end++;
        return (from, end - from);
    }
}
