namespace Broadsheet.Web.Features.Transfer;

/// <summary>Something of the file that was left out or is odd.</summary>
/// <param name="Line">From 1; 0 where no line is meant.</param>
internal sealed record ImportNote(int Line, string Kind, string What)
{
    public override string ToString() => $"{(Line > 0 ? $"line {Line}: " : "")}{(Kind.Length > 0 ? $"{Kind}: " : "")}{What}";
}

/// <summary>The notes of one run: all are counted, the first are kept.</summary>
internal sealed class ImportNotes
{
    public const int Kept = 1_000;
    private readonly Lock _lock = new();
    private readonly List<ImportNote> _notes = [];
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public IReadOnlyList<ImportNote> All
    {
        get { lock (_lock) return [.. _notes]; }
    }

    public void Add(int line, string kind, string what)
    {
        lock (_lock)
        {
            _count++;
            if (_notes.Count < Kept) _notes.Add(new ImportNote(line, kind, what));
        }
    }
}
