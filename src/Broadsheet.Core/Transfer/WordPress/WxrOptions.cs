namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>How to read an export.</summary>
public sealed record WxrOptions
{
    /// <summary>How errors name the file.</summary>
    public string FileName { get; init; } = "the file";

    /// <summary>
    /// Replace what XML forbids by U+FFFD and count it (<see cref="WxrReader.Replaced"/>) instead of stopping there: raw
    /// control characters, numeric references to them or to lone surrogates, and bytes that the declared encoding does not know.
    /// </summary>
    public bool Repair { get; init; }

    /// <summary>The longest single text (a body, a meta value), in UTF-16 code units; a longer one is an error. Bounds memory.</summary>
    public int MaxFieldLength { get; init; } = 64 * 1024 * 1024;
}
