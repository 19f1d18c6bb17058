namespace Broadsheet.Web.Reads;

/// <summary>Where somebody proves again who they are (<see cref="CurrentPerson.IsFresh"/>): asked for where a browser that was left open could be used to take an account over.</summary>
internal static class FreshSignIn
{
    /// <param name="back">A path of the publication.</param>
    public static string Address(string back) => $"/account/sign-in/?again=1&returnUrl={Uri.EscapeDataString(back)}";
}
