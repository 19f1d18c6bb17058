namespace Broadsheet.Benchmarks.Training;

/// <summary>One example. Nothing but these fields is ever seen by training.</summary>
/// <param name="Source">The file that it came from; scores are measured on sources that training has not seen.</param>
/// <param name="Weight">How much it counts.</param>
/// <param name="IsMeasured">Figures are quoted on it.</param>
internal sealed record LabelledComment(string Source, string Text, string Author, string AuthorUrl, bool IsSpam, float Weight, bool IsMeasured = false);
