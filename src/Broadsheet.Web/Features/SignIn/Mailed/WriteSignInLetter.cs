using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.SignIn.Mailed;

/// <summary>
/// The mail that signs in, or begins an account. It has no word of whoever asked for it. A link only where the operator has told the publication's
/// address (<c>Hosting:PublicUrl</c>): the address of a request is whatever its sender says, and a link to elsewhere would hand the account over.
/// </summary>
internal sealed class WriteSignInLetter(IDatabaseEngine engine, ReaderSites sites, PublicAddress address, MailedTokens tokens, TimeProvider clock) : IWriteLetters
{
    public MailKind Kind => MailKind.SignIn;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        if (await SignInLedger.FindAsync(db, mail.SubscriptionId, clock.GetUtcNow(), ct) is not { } request) return null;
        var site = await sites.OfAsync(request.Origin, ct);
        var isKnown = await SignInLedger.OfAddressAsync(db.Users, request.EmailFolded, ct) is not null;
        var code = MailedTokens.Code(site.Publication, request.Id);
        var body = new LetterBody()
            .Say(isKnown ? $"Someone (you, we hope) wants to sign in to {site.Publication.Title} with this address." : $"Someone (you, we hope) wants an account at {site.Publication.Title} with this address. There is none yet; this mail begins it.")
            .Say("The code, for the page on which it was asked for:")
            .Heading($"{code[..4]} {code[4..]}");
        if (address.IsConfigured) body.Link(isKnown ? "Or sign in by this link" : "Or begin by this link", site.Links.Absolute($"/account/sign-in/mail/{tokens.ToLink(request.Id)}/"));
        body.Say($"{(address.IsConfigured ? "Both work" : "It works")} once, for half an hour. Give the code to nobody: we never ask for it. If it was not you, do nothing.");
        return new Letter(mail.Email, site.Publication.Title, $"{code[..4]} {code[4..]} signs you in to {site.Publication.Title}", body, $"sign-in-{mail.Id}", mail.CreatedAt)
        {
            Language = site.Publication.Language,
            IsRightToLeft = PageViews.Direction(site.Publication.Language) == "rtl",
        };
    }
}
