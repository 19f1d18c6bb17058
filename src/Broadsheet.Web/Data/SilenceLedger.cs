using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Who wrote a word that silences is read by a moderator from then on, by the marks that moderators set and take away themselves.</summary>
internal static class SilenceLedger
{
    /// <summary>Where the comment waits (of what is caught as spam, the address is thrown away): an account is one whose comments always wait, a guest's address gets a ban that holds for a time; whom a moderator trusts, and the staff, stay as they are. Without effect where all that they write waits already.</summary>
    /// <param name="comment">With its id: what was done is kept among the decisions on it.</param>
    public static async Task SilenceAsync(WriteScope scope, Comment comment, CancellationToken ct)
    {
        if (comment.Standing != Standing.Held) return;
        var isSilenced = comment.PersonId is { } person
            ? await scope.Db.Users.Where(p => p.Id == person && p.Role == Role.Reader && p.Trust == CommenterTrust.Usual).ExecuteUpdateAsync(set => set.SetProperty(p => p.Trust, CommenterTrust.AlwaysHeld), ct) > 0
            : await BanLedger.HoldByRulesAsync(scope, comment.AuthorEmail, string.Create(CultureInfo.InvariantCulture, $"{BanLedger.ByRules}, in comment {comment.Id}."), ct);
        if (!isSilenced) return;
        scope.Db.Decisions.Add(new Decision
        {
            CommentId = comment.Id,
            From = comment.Standing,
            To = comment.Standing,
            At = scope.Now,
            Reason = "By the rules, what its writer sends from now on waits for a moderator.",
            Opinions = ScreeningNote.Summary(comment.Screening),
        });
    }
}
