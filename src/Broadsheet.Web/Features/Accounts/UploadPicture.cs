using System.Globalization;
using Broadsheet.Core;
using Broadsheet.Web.Data;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Accounts;

/// <summary>Takes somebody's picture in, as far as they wish it to be seen.</summary>
internal sealed class UploadPicture(Writes writes, PublicationStore publications, ShowAccount page) : IDisposable
{
    public const string Done = "picture";
    public const int MaxBytes = 5 << 20;

    private const int Side = 192;

    /// <summary>A picture that is unpacked takes memory: one at a time.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    public static void Map(RouteGroupBuilder room) => room.MapPost("/picture/", (HttpContext http, UploadPicture action) => action.HandleAsync(http));

    public void Dispose() => _turn.Dispose();

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var part = form["part"].ToString() switch { "start" => PicturePart.Start, "end" => PicturePart.End, _ => PicturePart.Middle };
        var drawn = await DrawAsync(form.Files["picture"], new PictureCut(part, Square(form)), ct);
        if (drawn.Problem is { } problem) return await page.AgainAsync(http, problem, part);
        var (person, publication) = (CurrentPerson.Of(http)!.Id, await publications.GetAsync(ct));
        await writes.RunAsync((scope, token) => PictureLedger.UploadAsync(scope, person, AuthorKeys.OfPerson(publication, person), drawn.Value, token), ct);
        return TypedResults.Redirect($"{AccountsRoom.Page}?said={Done}");
    }

    private async Task<Outcome<byte[]>> DrawAsync(IFormFile? file, PictureCut cut, CancellationToken ct)
    {
        if (file is null || (file.Length == 0 && file.FileName.Length == 0)) return new Problem("picture", "Choose a picture first.");
        if (file.Length == 0) return new Problem("picture", "This file is empty.");
        if (file.Length > MaxBytes) return new Problem("picture", string.Create(CultureInfo.InvariantCulture, $"This file has {file.Length / 1_048_576.0:0.0} MB; up to {MaxBytes >> 20} MB fit."));
        await _turn.WaitAsync(ct);
        try
        {
            var bytes = new byte[file.Length];
            await using (var content = file.OpenReadStream()) await content.ReadExactlyAsync(bytes, ct);
            return await Task.Run(() => AvatarPicture.Draw(bytes, Side, cut), ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>As the script gives it.</summary>
    /// <returns>Null without script, or for what are no numbers: the part that was chosen counts.</returns>
    private static PictureSquare? Square(IFormCollection form) =>
        Number(form, "x") is { } x && Number(form, "y") is { } y && Number(form, "size") is { } size && size > 0 ? new PictureSquare(x, y, size) : null;

    private static int? Number(IFormCollection form, string name) => int.TryParse(form[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
