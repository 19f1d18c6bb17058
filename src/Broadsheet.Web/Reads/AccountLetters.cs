using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;

namespace Broadsheet.Web.Reads;

/// <summary>What letters about an account have in common: a link only where the operator has told the publication's address, since nobody should press what a stranger's request has named.</summary>
internal sealed class AccountLetters(PublicationStore publications, PublicAddress address)
{
    /// <param name="path">Where to do something about it.</param>
    /// <param name="otherwise">Said in place of the link.</param>
    public async Task<Letter> MakeAsync(QueuedMail mail, Func<Publication, string> subject, Func<LetterBody, Publication, LetterBody> say, string path, string label, string otherwise, CancellationToken ct)
    {
        var publication = await publications.GetAsync(ct);
        var body = say(new LetterBody(), publication);
        if (address.IsConfigured) body.Link(label, address.Or("") + path);
        else body.Say(otherwise);
        return new Letter(mail.Email, publication.Title, subject(publication), body, $"account-{mail.Id}", mail.CreatedAt)
        {
            Language = publication.Language,
            IsRightToLeft = PageViews.Direction(publication.Language) == "rtl",
        };
    }
}
