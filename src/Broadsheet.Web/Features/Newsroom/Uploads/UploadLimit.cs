namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>How large a film, a sound or a document may be that comes in piece by piece (<c>Media:MaxUploadMB</c>). Pictures are decoded in memory: their limit is <see cref="AddUpload.MaxBytes"/>.</summary>
internal sealed record UploadLimit(long Bytes)
{
    public const int UsualMegabytes = 2_048;
}
