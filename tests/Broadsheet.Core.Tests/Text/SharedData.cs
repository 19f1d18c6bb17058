namespace Broadsheet.Core.Tests.Text;

/// <summary>The test data that lies outside the repository.</summary>
internal static class SharedData
{
    /// <summary>A folder of <c>shared/data</c>, found by walking up; the test is skipped, aloud, where it is absent.</summary>
    public static string Folder(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "shared", "data", name);
            if (Directory.Exists(folder)) return folder;
        }

        Assert.Skip($"shared/data/{name} is not on this machine");
        return "";
    }
}
