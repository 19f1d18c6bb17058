namespace Broadsheet.Web.Reads;

/// <summary>Where somebody proves again who they are (<see cref="CurrentPerson.IsFresh"/>): asked for where a browser that was left open could be used to take an account over.</summary>
internal static class FreshSignIn
{
    /// <summary>By another account, or another way, than whoever is signed in.</summary>
    /// <param name="back">A path of the publication.</param>
    public static string AsAnother(string back) => $"/account/sign-in/?again=other&returnUrl={Uri.EscapeDataString(back)}";

    /// <summary>Whoever is signed in proves that it is them.</summary>
    /// <param name="back">A path of the publication.</param>
    public static string Address(string back) => $"/account/sign-in/?again=1&returnUrl={Uri.EscapeDataString(back)}";
}
