namespace Broadsheet.Web.Tests.Sites;

/// <summary>Which of the two runs this is: the suite, or `eng/test.sh --full`, which takes all that there is.</summary>
public static class Suite
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("BROADSHEET_FULL_TESTS") == "1";
}
