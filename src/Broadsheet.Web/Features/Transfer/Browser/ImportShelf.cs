using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Broadsheet.Web.Features.Transfer.Browser;

/// <summary>The exports that were brought in through the browser, in <c>imports</c> of the data folder: each a file and its <see cref="ImportTicket"/>. They hold readers' addresses, so that they are deleted after a week.</summary>
internal sealed class ImportShelf(string dataFolder, TimeProvider clock)
{
    /// <summary>How long an export lies here after its last change.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private const int IdBytes = 9;
    private readonly string _folder = Path.GetFullPath(Path.Combine(dataFolder, "imports"));
    private readonly Lock _writing = new();

    public string DataFolder { get; } = Path.GetFullPath(dataFolder);

    /// <summary>Takes a file in, whole or not at all.</summary>
    /// <exception cref="IOException">It could not be stored, or has more than <paramref name="mostBytes"/>.</exception>
    public async Task<ImportTicket> TakeAsync(string name, Stream content, long mostBytes, long byId, CancellationToken ct)
    {
        Directory.CreateDirectory(_folder);
        var ticket = new ImportTicket(NewId(), name, 0, clock.GetUtcNow(), byId);
        var incoming = Path.Combine(_folder, $"{ticket.Id}.part");
        try
        {
            await using (var target = new FileStream(incoming, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16)) await CopyAsync(content, target, mostBytes, ct);
            File.Move(incoming, FileOf(ticket.Id));
        }
        finally
        {
            File.Delete(incoming);
        }
        ticket = ticket with { Bytes = new FileInfo(FileOf(ticket.Id)).Length };
        Write(ticket);
        return ticket;
    }

    /// <returns>The latest first.</returns>
    public IReadOnlyList<ImportTicket> All() => !Directory.Exists(_folder) ? [] :
        [.. Directory.EnumerateFiles(_folder, "*.json").Select(f => Read(Path.GetFileNameWithoutExtension(f))).OfType<ImportTicket>().OrderByDescending(t => t.At).ThenByDescending(t => t.Id, StringComparer.Ordinal)];

    /// <returns>Null where there is none, or one that cannot be read.</returns>
    public ImportTicket? Read(string id)
    {
        if (!IsId(id)) return null;
        try
        {
            lock (_writing) return JsonSerializer.Deserialize(File.ReadAllBytes(TicketOf(id)), ImportTicketJson.Default.ImportTicket);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Write(ImportTicket ticket)
    {
        var whole = $"{TicketOf(ticket.Id)}.part";
        lock (_writing)
        {
            File.WriteAllBytes(whole, JsonSerializer.SerializeToUtf8Bytes(ticket, ImportTicketJson.Default.ImportTicket));
            File.Move(whole, TicketOf(ticket.Id), overwrite: true);
        }
    }

    /// <summary>Changes the ticket if it still stands so that it may be.</summary>
    /// <returns>Null where it does not, or is gone.</returns>
    public ImportTicket? Change(string id, Func<ImportTicket, bool> may, Func<ImportTicket, ImportTicket> change)
    {
        lock (_writing)
        {
            if (Read(id) is not { } ticket || !may(ticket)) return null;
            var changed = change(ticket);
            Write(changed);
            return changed;
        }
    }

    /// <summary>Deletes the export; its ticket tells on what came of it.</summary>
    public void Forget(string id)
    {
        File.Delete(FileOf(id));
        Change(id, t => !t.IsForgotten, t => t with { IsForgotten = true });
    }

    /// <summary>Deletes exports of more than a week ago, and what an upload left that broke off.</summary>
    public void ForgetOld()
    {
        var before = clock.GetUtcNow() - Kept;
        foreach (var ticket in All().Where(t => !t.IsForgotten && !t.IsAtWork && (t.EndedAt ?? t.At) < before)) Forget(ticket.Id);
        if (!Directory.Exists(_folder)) return;
        foreach (var part in Directory.EnumerateFiles(_folder, "*.part").Where(f => File.GetLastWriteTimeUtc(f) < clock.GetUtcNow().AddDays(-1).UtcDateTime)) File.Delete(part);
    }

    public string FileOf(string id) => Path.Combine(_folder, $"{id}.xml");

    private string TicketOf(string id) => Path.Combine(_folder, $"{id}.json");

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    private static bool IsId(string id) => id.Length == 2 * IdBytes && id.All(char.IsAsciiHexDigitLower);

    private static async Task CopyAsync(Stream from, FileStream to, long mostBytes, CancellationToken ct)
    {
        var buffer = new byte[1 << 16];
        for (long total = 0; ;)
        {
            var read = await from.ReadAsync(buffer, ct);
            if (read == 0) return;
            if ((total += read) > mostBytes) throw new IOException(string.Create(CultureInfo.InvariantCulture, $"it holds more than {mostBytes >> 30} GB"));
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }
}
