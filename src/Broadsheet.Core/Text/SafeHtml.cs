namespace Broadsheet.Core.Text;

/// <summary>HTML that has been through the sanitiser: it may be written to a page as it is.</summary>
/// <remarks>Only the text room makes one. <c>default</c> is empty, never null.</remarks>
public readonly record struct SafeHtml
{
    private readonly string? _value;

    internal SafeHtml(string value) => _value = value;

    /// <summary>No markup and no text.</summary>
    public static SafeHtml Empty { get; } = new("");

    /// <summary>The markup; never null.</summary>
    public string Value => _value ?? "";

    /// <summary>
    /// Takes back what the database stored. For columns that only ever receive <see cref="Value"/>; anything that a person,
    /// a feed or an import wrote goes through <see cref="Sanitiser"/> instead.
    /// </summary>
    public static SafeHtml FromStore(string stored) => new(stored);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
