namespace Broadsheet.Web.MediaStore;

/// <summary>Copies a stream whose length nobody promised.</summary>
internal static class LimitedCopy
{
    /// <exception cref="IOException">It has more than <paramref name="maxBytes"/>.</exception>
    public static async Task RunAsync(Stream from, Stream to, long maxBytes, CancellationToken ct)
    {
        var buffer = new byte[1 << 16];
        for (long total = 0; ;)
        {
            var read = await from.ReadAsync(buffer, ct);
            if (read == 0) return;
            if ((total += read) > maxBytes) throw TooLarge(maxBytes);
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }

    public static IOException TooLarge(long maxBytes) => new($"it is larger than {maxBytes >> 20} MB");
}
