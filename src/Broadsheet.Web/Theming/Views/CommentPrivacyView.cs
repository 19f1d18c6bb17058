namespace Broadsheet.Web.Theming.Views;

/// <summary>What is done with comments and what is known of their writers.</summary>
/// <param name="Screened">One sentence: who screens comments.</param>
/// <param name="AddressDays">For how long network addresses are kept.</param>
/// <param name="PurgeDays">For how long what was rejected is kept; 0 for as long as the publication exists.</param>
/// <param name="PrintDays">For how long comments are compared with later ones.</param>
/// <param name="AsksEmail">Guests must give an e-mail address.</param>
/// <param name="Gravatar">Pictures are asked of Gravatar.</param>
/// <param name="Checks">What looks at a comment on this server, a few words each.</param>
/// <param name="Receivers">Who else is told of a comment.</param>
internal sealed record CommentPrivacyView(string Title, string Screened, int AddressDays, int PurgeDays, int PrintDays, bool AsksEmail, bool Gravatar, IReadOnlyList<string> Checks, IReadOnlyList<ReceiverView> Receivers)
{
    /// <summary>The title of the guidelines, which stand at <c>/discussion/guidelines/</c>; null where there are none.</summary>
    public string? Guidelines { get; init; }

    /// <summary>The browsers of newcomers may be asked to work out a sum.</summary>
    public bool AsksForWork { get; init; }

    /// <summary>Some words have all later comments of their writer wait.</summary>
    public bool Silences { get; init; }
}

/// <summary>How to behave in a discussion, as a page of its own.</summary>
internal sealed record GuidelinesView(string Title, SafeHtml Body);

/// <param name="PolicyUrl">What the receiver says of its own use; empty where that is not known.</param>
internal sealed record ReceiverView(string Name, string Host, string PolicyUrl);
