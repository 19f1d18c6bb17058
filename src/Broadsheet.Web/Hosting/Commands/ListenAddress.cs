namespace Broadsheet.Web.Hosting.Commands;

/// <summary>An address that a person on this machine can open.</summary>
internal static class ListenAddress
{
    /// <param name="urls">As given to <c>--urls</c>: one or more, with semicolons; a host of <c>*</c>, <c>+</c> or all zeros means every one.</param>
    /// <returns>Without a slash at the end; null where there is none.</returns>
    public static string? Of(string? urls) => urls?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault()?
        .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).Replace("://[::]", "://localhost", StringComparison.Ordinal)
        .Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal).TrimEnd('/');

    /// <returns>What is wrong with <c>--urls</c> among the arguments, in one line; null for nothing.</returns>
    public static string? Check(string[] arguments)
    {
        var at = Array.LastIndexOf(arguments, "--urls");
        if (at < 0 || at + 1 >= arguments.Length) return null;
        foreach (var url in arguments[at + 1].Split(';', StringSplitOptions.TrimEntries))
            if (!IsAddress(url)) return $"--urls {url}: give a scheme, a host and a port up to 65535, as in http://localhost:5000.";
        return null;
    }

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && address.Host.Length > 0 && address.Port is >= 0 and <= 65_535;
        }
        catch (Exception problem) when (problem is FormatException or InvalidOperationException or OverflowException)
        {
            return false;
        }
    }
}
