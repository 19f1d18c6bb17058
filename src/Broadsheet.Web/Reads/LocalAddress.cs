namespace Broadsheet.Web.Reads;

/// <summary>Addresses to return to, as a form or a link brought them: only those of this publication are followed.</summary>
internal static class LocalAddress
{
    /// <param name="given">Followed where it is root-relative: one slash, then neither a slash nor a backslash, and only what may stand in a header (a browser drops the tab of <c>/\t/evil.example</c>).</param>
    public static string Of(string? given, string otherwise) =>
        given is { Length: > 0 and <= 2_000 } && given[0] == '/' && (given.Length == 1 || given[1] is not ('/' or '\\')) && given.All(c => c is > ' ' and < (char)127) ? given : otherwise;
}
