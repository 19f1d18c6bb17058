namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>What is wrong with a file, and where.</summary>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="Column">From 1; 0 when the whole line or file is meant.</param>
/// <param name="What">Lower-case sentence without a full stop.</param>
public sealed record WxrError(int Line, int Column, string What);

/// <summary>The file cannot be read on. <see cref="Exception.Message"/> is one line: <c>wordpress.xml, line 70, column 12: …</c>.</summary>
public sealed class WxrFormatException : FormatException
{
    public WxrFormatException(string fileName, WxrError error, Exception? inner = null)
        : base(Describe(fileName, error), inner) => Error = error;

    public WxrError Error { get; }

    private static string Describe(string fileName, WxrError error) => error switch
    {
        { Line: 0 } => $"{fileName}: {error.What}",
        { Column: 0 } => $"{fileName}, line {error.Line}: {error.What}",
        _ => $"{fileName}, line {error.Line}, column {error.Column}: {error.What}",
    };
}
