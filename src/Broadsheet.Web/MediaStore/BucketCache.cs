using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Broadsheet.Web.MediaStore;

/// <summary>What a node keeps of the bucket on its own disk: so many bytes, the longest unused go first. All of it may be deleted at any time.</summary>
internal sealed class BucketCache(string folder, long maxBytes)
{
    /// <summary>A larger file would push out too much else for one reader's sake.</summary>
    public const long MaxFile = 32L << 20;

    private const string New = "new";
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, Lazy<Task>> _filling = new(StringComparer.Ordinal);

    /// <summary>Key → bytes, and which use was its last; null before the folder is read.</summary>
    private Dictionary<string, (long Bytes, long Used)>? _entries;
    private long _total;
    private long _uses;

    /// <param name="version">Empty for what never changes under its name.</param>
    public static string KeyOf(string name, string version) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\0{version}")));

    /// <summary>Whether a file of this size is kept for readers.</summary>
    public bool Takes(long bytes) => bytes <= Math.Min(MaxFile, maxBytes / 8);

    /// <returns>Null where it is not here, or no longer.</returns>
    public FileStream? TryOpen(string key)
    {
        try
        {
            var stream = new FileStream(FileOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
            try
            {
                Note(key, stream.Length);
                return stream;
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Where it lies. It may be gone a moment later.</summary>
    /// <returns>Null where it is not here.</returns>
    public string? TryFind(string key)
    {
        if (new FileInfo(FileOf(key)) is not { Exists: true } file) return null;
        Note(key, file.Length);
        return file.FullName;
    }

    /// <summary>Brings a file in, once however many ask.</summary>
    /// <exception cref="IOException">It could not be brought, or this disk does not take it.</exception>
    public Task FillAsync(string key, Func<Stream, Task> fill, CancellationToken ct) => _filling.GetOrAdd(key, k => new Lazy<Task>(() => BringAsync(k, fill))).Value.WaitAsync(ct);

    private async Task BringAsync(string key, Func<Stream, Task> fill)
    {
        var temporary = Path.Combine(folder, New, Path.GetRandomFileName());
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, New));
            long bytes;
            await using (var target = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                await fill(target);
                target.Flush(flushToDisk: true);
                bytes = target.Length;
            }
            Directory.CreateDirectory(Path.GetDirectoryName(FileOf(key))!);
            File.Move(temporary, FileOf(key), overwrite: true);
            Note(key, bytes);
        }
        finally
        {
            _filling.TryRemove(key, out _);
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }

    /// <summary>Used now. What is too much goes: a tenth more than needed, so that it is not looked for at each file.</summary>
    private void Note(string key, long bytes)
    {
        lock (_lock)
        {
            _entries ??= Read();
            _total += bytes - _entries.GetValueOrDefault(key).Bytes;
            _entries[key] = (bytes, ++_uses);
            if (_total <= maxBytes) return;
            foreach (var (old, entry) in _entries.OrderBy(e => e.Value.Used).ToList())
            {
                if (_total <= maxBytes - maxBytes / 10 || old == key) break;
                Delete(FileOf(old));
                _total -= entry.Bytes;
                _entries.Remove(old);
            }
        }
    }

    /// <summary>What an earlier run left, as old as it is. What was half brought then goes.</summary>
    private Dictionary<string, (long Bytes, long Used)> Read()
    {
        var entries = new Dictionary<string, (long Bytes, long Used)>(StringComparer.Ordinal);
        if (!Directory.Exists(folder)) return entries;
        var files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(f => f.LastWriteTimeUtc).ToList();
        foreach (var (at, file) in files.Index())
        {
            if (file.Directory!.Name == New)
            {
                if (TimeProvider.System.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc > TimeSpan.FromHours(1)) Delete(file.FullName);
                continue;
            }
            entries[file.Name] = (file.Length, at - files.Count);
            _total += file.Length;
        }
        return entries;
    }

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody deleted all of it: that is allowed.
        }
    }

    private string FileOf(string key) => Path.Combine(folder, key[..2], key);
}
