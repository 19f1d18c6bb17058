namespace Broadsheet.Core.Screening.Models;

/// <summary>
/// What a publication's own decisions taught, beside a base model. Weights are whole numbers of <see cref="Unit"/>, so that steps add up to the same sum in
/// any order and a step taken back leaves exactly what there was without it. Reading is safe beside one writer.
/// </summary>
public sealed class LearnedWeights
{
    /// <summary>The smallest change of a weight.</summary>
    public const double Unit = 1e-6;

    /// <summary>Slots go from 0 to one less.</summary>
    public const int Slots = FeatureSlots.All;

    // Pages of slots, made when first learned.
    private const int PageBits = 9;
    private readonly long[]?[] _pages = new long[]?[(FeatureSlots.All >> PageBits) + 1];

    /// <summary>Learned weights as stored: slot and weight in <see cref="Unit"/>, those that are not zero.</summary>
    public IEnumerable<KeyValuePair<int, long>> All
    {
        get
        {
            for (var page = 0; page < _pages.Length; page++)
            {
                if (_pages[page] is not { } slots) continue;
                for (var i = 0; i < slots.Length; i++)
                    if (slots[i] != 0) yield return new KeyValuePair<int, long>((page << PageBits) + i, slots[i]);
            }
        }
    }

    /// <summary>Adds a stored row, or a step made elsewhere.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such slot.</exception>
    public void Add(int slot, long change)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, FeatureSlots.All);
        var page = _pages[slot >> PageBits] ??= new long[1 << PageBits];
        page[slot & ((1 << PageBits) - 1)] += change;
    }

    public void Apply(LearningStep step)
    {
        foreach (var (slot, change) in step.Changes) Add(slot, change);
    }

    public void Undo(LearningStep step)
    {
        foreach (var (slot, change) in step.Changes) Add(slot, -change);
    }

    internal double At(int slot) => _pages[slot >> PageBits] is { } page ? page[slot & ((1 << PageBits) - 1)] * Unit : 0;
}

/// <summary>What one decision changes.</summary>
/// <param name="Changes">Slot and change in <see cref="LearnedWeights.Unit"/>; each slot once.</param>
public sealed record LearningStep(IReadOnlyList<KeyValuePair<int, int>> Changes)
{
    public static LearningStep Nothing { get; } = new([]);
}
