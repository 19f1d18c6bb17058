namespace Broadsheet.Web.Features.SignIn.Social;

/// <summary>Why a provider did not sign somebody in.</summary>
internal enum ProviderTrouble
{
    /// <summary>The reader said no there.</summary>
    Denied,

    /// <summary>It took too long, was done already, or began in another browser.</summary>
    Expired,

    /// <summary>It cannot be reached, or is too slow.</summary>
    Down,

    /// <summary>It said something that cannot be right.</summary>
    Nonsense,
}

internal static class ProviderTroubles
{
    /// <summary>In the address of the page that tells of it.</summary>
    public static string Word(this ProviderTrouble trouble) => trouble.ToString().ToLowerInvariant();

    public static ProviderTrouble? Parse(string? word) => Enum.TryParse<ProviderTrouble>(word, ignoreCase: true, out var trouble) && word!.All(char.IsAsciiLetterLower) ? trouble : null;

    public static (string Heading, string Text) Say(this ProviderTrouble trouble, string name) => trouble switch
    {
        ProviderTrouble.Denied => ($"{name} was told no", $"You did not let {name} tell us who you are, so you are not signed in. Nothing was lost."),
        ProviderTrouble.Expired => ("This took too long", $"The way back from {name} was too late, was used already, or began in another browser. You are not signed in. Nothing was lost."),
        ProviderTrouble.Down => ($"{name} does not answer right now", $"It cannot be reached, or takes too long. You are not signed in. Nothing was lost."),
        _ => ($"{name} did not say who you are", $"{name} answered something that we cannot use. You are not signed in. Nothing was lost."),
    };
}
