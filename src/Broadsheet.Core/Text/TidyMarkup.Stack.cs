namespace Broadsheet.Core.Text;

/// <summary>The open elements, and the formatting that waits to be opened again after a block boundary cut it off.</summary>
internal sealed partial class TidyMarkup
{
    // What may be repeated when formatting is carried over a block boundary, in characters for one text (else O(n²) output).
    private const int MaxReopened = 50_000;

    private readonly List<Open> _open = [];
    private readonly List<(HtmlTag Tag, string Markup)> _pending = [];
    private readonly int[] _openCount = new int[HtmlTag.Count];
    private int _reopened;

    private HtmlTag? Current => _open.Count == 0 ? null : _open[^1].Tag;

    /// <summary>Closes the innermost such element and all within it; a table cell or table keeps what is outside it open.</summary>
    private bool CloseThrough(HtmlTag tag)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var open = _open[i].Tag;
            if (open == tag)
            {
                PopTo(i);
                return true;
            }

            if (!tag.Is(TagTraits.TablePart) && (open.Is(TagTraits.Cell) || open == Table)) return false;
            if (tag.Is(TagTraits.TablePart) && open == Table) return false;
        }

        return false;
    }

    private void PopTo(int index)
    {
        while (_open.Count > index + 1) Pop(reopen: true);
        Pop(reopen: false);
    }

    private void Pop(bool reopen)
    {
        var (tag, at, length) = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        _openCount[tag.Index]--;
        if (tag.Is(TagTraits.TablePart) || tag == Table) _pending.Clear();
        else if (reopen && tag.Is(TagTraits.Formatting) && _reopened + length <= MaxReopened)
        {
            _reopened += length;
            _pending.Insert(0, (tag, _out.ToString(at, length)));
        }

        // A paragraph in which nothing was left says nothing.
        if (tag == P && at + length == _out.Length) _out.Length = at;
        else _out.Append("</").Append(tag.Name).Append('>');
    }

    private void Reopen()
    {
        if (_pending.Count == 0) return;
        foreach (var (tag, markup) in _pending)
        {
            if (_open.Count >= MaxDepth) break;
            _open.Add(new Open(tag, _out.Length, markup.Length));
            _openCount[tag.Index]++;
            _out.Append(markup);
        }

        _pending.Clear();
    }

    private void CloseAll()
    {
        while (_open.Count > 0) Pop(reopen: false);
        _pending.Clear();
    }

    private void Push(HtmlTag tag, ReadOnlySpan<char> attributes)
    {
        var at = _out.Length;
        WriteStart(tag, attributes);
        _open.Add(new Open(tag, at, _out.Length - at));
        _openCount[tag.Index]++;
    }

    private readonly record struct Open(HtmlTag Tag, int At, int Length);
}
