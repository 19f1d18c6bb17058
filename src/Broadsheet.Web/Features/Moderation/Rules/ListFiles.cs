using System.Text;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Features.Moderation.Rules;

/// <summary>Text files that are added to a list: a word or domain on each line; what follows a <c>#</c> at a line's beginning is a remark.</summary>
internal static class ListFiles
{
    /// <param name="problems">Gets what is wrong with a file, by its list's field.</param>
    /// <returns>The lines of each file, by the field of the list.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(IFormFileCollection files, IEnumerable<string> lists, Dictionary<string, string> problems, CancellationToken ct)
    {
        var added = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var list in lists)
        {
            if (files.GetFile($"{list}_file") is not { Length: > 0 } file) continue;
            if (file.Length > 4L * PublicationCheck.MaxListLength)
            {
                problems[list] = $"The file is too long: up to {PublicationCheck.MaxListLength:N0} characters fit.";
                continue;
            }
            using var reader = new StreamReader(file.OpenReadStream(), new UTF8Encoding(false, throwOnInvalidBytes: true));
            try
            {
                added[list] = string.Join('\n', (await reader.ReadToEndAsync(ct)).ReplaceLineEndings("\n").Split('\n').Where(l => !l.StartsWith('#')));
            }
            catch (DecoderFallbackException)
            {
                problems[list] = "The file is no text in UTF-8.";
            }
        }
        return added;
    }
}
