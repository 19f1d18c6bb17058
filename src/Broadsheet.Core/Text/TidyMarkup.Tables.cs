namespace Broadsheet.Core.Text;

/// <summary>Tables: cells that the author left out are written, so that no parser moves content out of the table ("foster parenting").</summary>
internal sealed partial class TidyMarkup
{
    private static readonly HtmlTag Table = HtmlTag.Of("table"), Tbody = HtmlTag.Of("tbody"), Thead = HtmlTag.Of("thead"), Tfoot = HtmlTag.Of("tfoot"), Tr = HtmlTag.Of("tr");
    private static readonly HtmlTag Td = HtmlTag.Of("td"), Th = HtmlTag.Of("th"), Caption = HtmlTag.Of("caption"), Colgroup = HtmlTag.Of("colgroup"), Col = HtmlTag.Of("col");

    /// <summary>Makes room for an element in the table it stands in. False when it has no place and is dropped.</summary>
    private bool FitTable(HtmlTag tag)
    {
        if (!_options.Policy.Allows(Table)) return true;
        if (tag.Is(TagTraits.TablePart)) return FitTablePart(tag);
        if (tag == Table && IsTableContext(Current)) CloseThrough(Table);
        FitTableText();
        return true;
    }

    private void FitTableText()
    {
        if (!IsTableContext(Current)) return;
        if (Current == Colgroup) Pop(reopen: false);
        if (Current == Table) Push(Tbody, default);
        if (Current != Tr) Push(Tr, default);
        Push(Td, default);
    }

    private static bool IsTableContext(HtmlTag? tag) =>
        tag is not null && (tag == Table || tag == Tbody || tag == Thead || tag == Tfoot || tag == Tr || tag == Colgroup);

    private bool FitTablePart(HtmlTag tag)
    {
        if (_openCount[Table.Index] == 0) return false;
        if (tag == Td || tag == Th)
        {
            ClearTo(Tr, Tbody, Thead, Tfoot, Table);
            if (Current == Table) Push(Tbody, default);
            if (Current != Tr) Push(Tr, default);
        }
        else if (tag == Tr)
        {
            ClearTo(Tbody, Thead, Tfoot, Table);
            if (Current == Table) Push(Tbody, default);
        }
        else if (tag == Col)
        {
            ClearTo(Colgroup, Table);
            if (Current == Table) Push(Colgroup, default);
        }
        else
        {
            ClearTo(Table);
        }

        return true;
    }

    private void ClearTo(params ReadOnlySpan<HtmlTag> stops)
    {
        while (Current is { } current && stops.IndexOf(current) < 0) Pop(reopen: false);
    }
}
