namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>A file as somebody sent it, in a form or piece by piece.</summary>
/// <param name="Name">As its owner calls it, without folders. Nothing is believed of it.</param>
/// <param name="OpenAsync">From its beginning; each time another stream.</param>
internal sealed record SentFile(string Name, long Length, Func<CancellationToken, Task<Stream>> OpenAsync)
{
    public static SentFile Of(IFormFile file) => new(NameOf(file.FileName), file.Length, _ => Task.FromResult(file.OpenReadStream()));

    public static string NameOf(string written) => Path.GetFileName(written.Replace('\\', '/'));
}

/// <summary>A sent file that may come in.</summary>
/// <param name="Picture">Written anew; null for what is no picture.</param>
internal sealed record CheckedFile(UploadType Type, PreparedPicture? Picture);
