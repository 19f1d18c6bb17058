namespace Broadsheet.Web.Reads;

/// <summary>How somebody signed in.</summary>
/// <param name="Key">One of ours below, or a provider's, such as <c>google</c>: small letters, digits and hyphens.</param>
/// <param name="Label">For people: of a provider, its name, as in <c>your Google account</c>.</param>
internal sealed record SignInWay(string Key, string Label)
{
    public static readonly SignInWay Password = new("password", "password");

    /// <summary>A code or link that was mailed to their address.</summary>
    public static readonly SignInWay Mail = new("mail", "mailed code");

    /// <summary>A link that the operator made.</summary>
    public static readonly SignInWay Link = new("link", "sign-in link");

    public static readonly SignInWay Passkey = new("passkey", "passkey");

    /// <summary>Of a program, with each request to the API: no session has it.</summary>
    public static readonly SignInWay Application = new("application", "application password");

    private static readonly SignInWay[] Own = [Password, Mail, Link, Passkey, Application];

    /// <summary>Not one of ours: an account elsewhere.</summary>
    public bool IsProvider => !Array.Exists(Own, w => w.Key == Key);
}
