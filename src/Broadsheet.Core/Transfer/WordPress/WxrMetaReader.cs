namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>Reads the small parts that items, comments and terms share.</summary>
internal static class WxrMetaReader
{
    /// <summary>A field that is known is kept; anything else is passed over.</summary>
    public static void ReadField(WxrCursor cursor, WxrFields fields)
    {
        if (cursor.Key is { } key)
        {
            var line = cursor.Line;
            fields.Add(key, cursor.ReadText(), line);
        }
        else
        {
            cursor.Skip();
        }
    }

    /// <summary><c>wp:postmeta</c>, <c>wp:commentmeta</c>, <c>wp:termmeta</c>.</summary>
    public static void Read(WxrCursor cursor, WxrFields fields, Queue<WxrRecord> notes)
    {
        var (line, depth) = (cursor.Line, cursor.Depth);
        string? name = null, value = null;
        if (cursor.Enter())
        {
            while (cursor.NextChild(depth))
            {
                if (cursor.Is(WxrSpace.WordPress, "meta_key")) name ??= cursor.ReadText().Trim();
                else if (cursor.Is(WxrSpace.WordPress, "meta_value")) value ??= cursor.ReadText();
                else cursor.Skip();
            }
        }

        if (string.IsNullOrEmpty(name)) notes.Enqueue(new WxrWarning(line, "a meta value without a key is left out"));
        else fields.Meta.Add(new WxrMeta(line, name, value ?? ""));
    }
}
