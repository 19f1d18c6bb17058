using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>What an editor-in-chief would change of the publication: its name, its addresses, its rules of discussion.</summary>
internal sealed class ChangeSettings(Writes writes, PublicationStore publications, DeskPages pages, Notices notices)
{
    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/", (HttpContext http, ChangeSettings action) => action.ShowAsync(http));
        room.MapPost("/", (HttpContext http, ChangeSettings action) => action.HandleAsync(http));
    }

    private async Task<IResult> ShowAsync(HttpContext http) =>
        await pages.ShowAsync<SettingsPage>(http, new SettingsPage.Content(Fields(await publications.GetAsync(http.RequestAborted)), new Dictionary<string, string>(StringComparer.Ordinal)));

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var wished = Apply(form, await publications.GetAsync(ct), problems);
        foreach (var problem in PublicationCheck.Check(wished)) problems.TryAdd(problem.Field, problem.Message);
        if (!problems.ContainsKey("permalinks") && TakenAddresses.Check(wished.PermalinkStructure, wished.CategoryBase, wished.TagBase) is { } taken) problems["permalinks"] = taken.Message;
        if (problems.Count > 0)
        {
            var kept = Fields(wished);
            foreach (var key in kept.Keys.Where(form.ContainsKey).ToList()) kept[key] = form[key].ToString();
            return await pages.ShowAsync<SettingsPage>(http, new SettingsPage.Content(kept, problems), StatusCodes.Status422UnprocessableEntity);
        }
        // On what is stored at that moment, so that what this form does not show is left alone.
        var by = CurrentPerson.Of(http)!.Id;
        await writes.RunAsync((scope, token) => PublicationStore.ChangeAsync(scope, p =>
        {
            var changed = Apply(form, p, []) with { IsSetUp = true };
            var (before, after) = (Fields(p), Fields(changed));
            AuditLedger.NoteChanges(scope, by, "settings", before.Keys.Select(k => (k, before[k], after[k])));
            return changed;
        }, token), ct);
        notices.Say(http, new DeskShell.Notice("Saved: readers see it now."));
        return TypedResults.Redirect("/newsroom/settings/");
    }

    private static Publication Apply(IFormCollection form, Publication p, Dictionary<string, string> problems)
    {
        return p with
        {
            Title = Text("title"),
            Tagline = Text("tagline"),
            Language = Text("language"),
            TimeZone = Text("zone"),
            Permalinks = Text("permalinks"),
            PostsPerPage = Number("posts_per_page", p.PostsPerPage),
            PostsPerFeed = Number("posts_per_feed", p.PostsPerFeed),
            FeedExcerpts = form.ContainsKey("feed_excerpts"),
            IsIndexed = form.ContainsKey("is_indexed"),
            AttachmentPages = form.ContainsKey("attachment_pages"),
            SignInToComment = form.ContainsKey("sign_in_to_comment"),
            KeepAddressDays = Number("keep_address_days", p.KeepAddressDays),
            NewAccounts = form.ContainsKey("new_accounts"),
            NameAndEmailRequired = form.ContainsKey("name_and_email"),
            CommentsPerPage = Number("comments_per_page", p.CommentsPerPage),
            ThreadDepth = Number("thread_depth", p.ThreadDepth),
            RepliesShown = Number("replies_shown", p.RepliesShown),
            ThreadOrder = ThreadOrders.Parse(Text("thread_order")) ?? p.ThreadOrder,
            StaffNeedTwoSteps = form.ContainsKey("staff_two_steps"),
            GuestLikes = form.ContainsKey("guest_likes"),
            HoldReports = Number("hold_reports", p.HoldReports),
            ShowsModeration = form.ContainsKey("shows_moderation"),
            EditMinutes = Number("edit_minutes", p.EditMinutes),
            Gravatar = form.ContainsKey("gravatar"),
            CountsViews = form.ContainsKey("counts_views"),
            TakesCorrections = form.ContainsKey("takes_corrections"),
        };

        string Text(string name) => form[name].ToString().Trim();

        int Number(string name, int otherwise)
        {
            if (int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
            problems[name] = "Give a whole number, without a sign.";
            return otherwise;
        }
    }

    /// <summary>By the form's names; a checkbox is <c>1</c> or empty.</summary>
    private static Dictionary<string, string> Fields(Publication p) => new(StringComparer.Ordinal)
    {
        ["title"] = p.Title,
        ["tagline"] = p.Tagline,
        ["language"] = p.Language,
        ["zone"] = p.TimeZone,
        ["permalinks"] = p.Permalinks,
        ["posts_per_page"] = Of(p.PostsPerPage),
        ["posts_per_feed"] = Of(p.PostsPerFeed),
        ["feed_excerpts"] = Of(p.FeedExcerpts),
        ["is_indexed"] = Of(p.IsIndexed),
        ["attachment_pages"] = Of(p.AttachmentPages),
        ["sign_in_to_comment"] = Of(p.SignInToComment),
        ["keep_address_days"] = Of(p.KeepAddressDays),
        ["new_accounts"] = Of(p.NewAccounts),
        ["name_and_email"] = Of(p.NameAndEmailRequired),
        ["comments_per_page"] = Of(p.CommentsPerPage),
        ["thread_depth"] = Of(p.ThreadDepth),
        ["replies_shown"] = Of(p.RepliesShown),
        ["thread_order"] = p.ThreadOrder.Name(),
        ["staff_two_steps"] = Of(p.StaffNeedTwoSteps),
        ["guest_likes"] = Of(p.GuestLikes),
        ["hold_reports"] = Of(p.HoldReports),
        ["shows_moderation"] = Of(p.ShowsModeration),
        ["edit_minutes"] = Of(p.EditMinutes),
        ["gravatar"] = Of(p.Gravatar),
        ["counts_views"] = Of(p.CountsViews),
        ["takes_corrections"] = Of(p.TakesCorrections),
    };

    private static string Of(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Of(bool on) => on ? "1" : "";
}
