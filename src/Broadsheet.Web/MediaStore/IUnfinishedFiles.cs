namespace Broadsheet.Web.MediaStore;

/// <summary>Files of which not all pieces are here. What is here of one is durable before anyone is told so; a backup leaves them out.</summary>
internal interface IUnfinishedFiles
{
    /// <exception cref="IOException">It could not be stored.</exception>
    Task CreateAsync(string key, CancellationToken ct);

    /// <returns>Bytes that are here; null where there is no such file.</returns>
    Task<long?> LengthOfAsync(string key, CancellationToken ct);

    /// <summary>Adds a piece; what came of it stays where its sender is lost.</summary>
    /// <param name="at">Where it belongs: at the end of what is here.</param>
    /// <param name="most">Bytes that the whole file has.</param>
    /// <returns>Bytes that are here now; null where it does not belong there, would be too long, or another piece is just coming in.</returns>
    /// <exception cref="IOException">It could not be stored.</exception>
    Task<long?> AppendAsync(string key, long at, Stream piece, long most, CancellationToken ct);

    /// <summary>What is here, from its beginning.</summary>
    Task<Stream> OpenAsync(string key, CancellationToken ct);

    Task ForgetAsync(string key, CancellationToken ct);

    /// <summary>Takes out all that came in before then and is still among what is coming in, whatever it was to become.</summary>
    Task SweepAsync(DateTimeOffset before, CancellationToken ct);
}
