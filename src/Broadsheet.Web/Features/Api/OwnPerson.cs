using System.Text.Json.Nodes;
using Broadsheet.Core.People;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Api;

/// <summary>Who a program has signed in as, whether they have published something or not; with <c>context=edit</c> also what is theirs alone to know.</summary>
internal static class OwnPerson
{
    /// <summary>WordPress's names of what each permission lets people do.</summary>
    private static readonly (Permission Permission, string[] Capabilities)[] Capabilities =
    [
        (Permission.WriteDrafts, ["edit_posts", "delete_posts"]),
        (Permission.PublishOwn, ["publish_posts", "edit_published_posts", "delete_published_posts"]),
        (Permission.EditAny, ["edit_others_posts", "delete_others_posts", "edit_private_posts", "read_private_posts", "edit_pages", "publish_pages"]),
        (Permission.UploadMedia, ["upload_files"]),
        (Permission.Moderate, ["moderate_comments"]),
        (Permission.ManageTerms, ["manage_categories"]),
        (Permission.ManagePeople, ["list_users", "create_users", "edit_users", "promote_users"]),
        (Permission.ChangeSettings, ["manage_options"]),
    ];

    public static async Task<ApiAnswer> ShowAsync(ApiRequest request)
    {
        if (request.Program is not { } person) return ApiAnswer.Problem(StatusCodes.Status401Unauthorized, "rest_not_logged_in", "Nobody is signed in.");
        var context = request.Query.Choice("context", "view", "view", "embed", "edit");
        if (request.Query.Problems.Count > 0) return ApiAnswer.BadParameters(request.Query.Problems);
        var row = await request.Db.Users.Where(p => p.Id == person.Id).Select(p => new { Shown = new People.PersonRow(p.Id, p.DisplayName, p.Slug, p.Url, p.Bio), p.UserName, p.Email, p.JoinedAt }).FirstAsync(request.Ct);
        var item = People.Of(request, row.Shown, request.IsShort);
        if (context == "edit")
        {
            var node = item.Node;
            (node["username"], node["email"], node["nickname"]) = (row.UserName, row.Email, row.Shown.Name);
            // Names are one piece here.
            (node["first_name"], node["last_name"]) = ("", "");
            (node["locale"], node["registered_date"]) = (request.Site.Publication.Language.Replace('-', '_'), $"{ApiDates.Utc(row.JoinedAt)}+00:00");
            var role = NameOf(person.Role);
            node["roles"] = new JsonArray(role);
            node["capabilities"] = CapabilitiesOf(request, person);
            node["extra_capabilities"] = new JsonObject { [role] = true };
        }
        return await ApiItems.FinishOneAsync(request, item);
    }

    private static JsonObject CapabilitiesOf(ApiRequest request, CurrentPerson person)
    {
        var all = new JsonObject { ["read"] = true };
        foreach (var (permission, names) in Capabilities)
            if (person.May(permission, request.Site.Publication))
                foreach (var name in names) all[name] = true;
        all[NameOf(person.Role)] = true;
        return all;
    }

    private static string NameOf(Role role) => role == Role.Reader ? "subscriber" : role.ToString().ToLowerInvariant();
}
