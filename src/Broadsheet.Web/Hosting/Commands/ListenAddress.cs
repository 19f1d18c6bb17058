namespace Broadsheet.Web.Hosting.Commands;

/// <summary>An address that a person on this machine can open.</summary>
internal static class ListenAddress
{
    /// <param name="urls">As given to <c>--urls</c>: one or more, with semicolons; a host of <c>*</c>, <c>+</c> or all zeros means every one.</param>
    /// <returns>Without a slash at the end; null where there is none.</returns>
    public static string? Of(string? urls) => urls?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault()?
        .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).Replace("://[::]", "://localhost", StringComparison.Ordinal)
        .Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal).TrimEnd('/');
}
