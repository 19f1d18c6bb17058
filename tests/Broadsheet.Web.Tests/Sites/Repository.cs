namespace Broadsheet.Web.Tests.Sites;

/// <summary>The working copy that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Broadsheet.slnx"))) return at.FullName;
        throw new InvalidOperationException($"Above {AppContext.BaseDirectory} is no Broadsheet.slnx.");
    }
}
