using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Api;

/// <summary>An author, with the members that WordPress gives.</summary>
internal sealed record PersonView(long Id, string Name, string Url, string Description, string Link, string Slug, [property: JsonPropertyName("avatar_urls")] IReadOnlyDictionary<string, string> Avatars, IReadOnlyList<string> Meta);

/// <summary>People who have published something (WordPress: users). Names for signing in and e-mail addresses are not even read.</summary>
internal static class People
{
    private static readonly string[] Short = ["id", "name", "url", "description", "link", "slug", "avatar_urls"];

    public static IEnumerable<ApiRoute> Routes { get; } =
    [
        new ApiRoute("/wp/v2/users", ListAsync) { Parameters = ["context", "page", "per_page", "search", "exclude", "include", "offset", "order", "orderby", "slug"], Writing = Refusals.CreatePerson },
        new ApiRoute("/wp/v2/users/{id}", ShowAsync) { Parameters = ["context"], Writing = Refusals.ChangePerson },
        new ApiRoute("/wp/v2/users/me", OwnPerson.ShowAsync) { Parameters = ["context"], Writing = Refusals.ChangePerson },
    ];

    public static async Task<List<ApiItem>> ShortAsync(ApiRequest request, List<long> ids) => (await RowsAsync(request, Authors(request).Where(p => ids.Contains(p.Id)))).ConvertAll(p => Of(request, p, isShort: true));

    private static async Task<ApiAnswer> ListAsync(ApiRequest request)
    {
        var query = request.Query;
        var page = ApiPage.Read(query);
        var by = query.Choice("orderby", "name", "id", "include", "name", "slug", "include_slugs", "registered_date");
        var isAscending = query.Choice("order", "asc", "asc", "desc") == "asc";
        var people = Filter(query, Authors(request));
        if (request.Refusal() is { } refusal) return refusal;
        if (query.Has("roles") || query.Has("capabilities")) return request.Forbid("rest_user_cannot_view", "Only staff may choose people by their roles.");
        var total = await people.CountAsync(request.Ct);
        var rows = total == 0 ? [] : by == "include" && query.Ids("include") is { } order
            ? [.. (await RowsAsync(request, people)).OrderBy(p => order.IndexOf(p.Id)).Skip(page.Skip).Take(page.Size)]
            : await RowsAsync(request, Sort(people, by, isAscending).Skip(page.Skip).Take(page.Size));
        return page.Answer(request, "/wp/v2/users", await ApiItems.FinishAsync(request, rows.ConvertAll(p => Of(request, p, request.IsShort))), total);
    }

    private static async Task<ApiAnswer> ShowAsync(ApiRequest request)
    {
        if (request.Refusal() is { } refusal) return refusal;
        var id = request.Id;
        // Whether someone without articles is here is not told.
        return await RowsAsync(request, Authors(request).Where(p => p.Id == id)) is [var person]
            ? await ApiItems.FinishOneAsync(request, Of(request, person, request.IsShort))
            : ApiAnswer.Problem(StatusCodes.Status404NotFound, "rest_user_invalid_id", "There is no such person.");
    }

    private static IQueryable<Person> Authors(ApiRequest request)
    {
        var db = request.Db;
        return db.Users.Where(p => db.Articles.Any(a => a.AuthorId == p.Id && a.Kind == ArticleKind.Article && a.Status == ArticleStatus.Published));
    }

    private static IQueryable<Person> Filter(ApiQuery query, IQueryable<Person> people)
    {
        if (query.Text("search")?.ToLowerInvariant() is { } words) people = people.Where(p => p.DisplayName.ToLower().Contains(words) || p.Slug.Contains(words));
        if (query.Ids("include") is { } include) people = people.Where(p => include.Contains(p.Id));
        if (query.Ids("exclude") is { } exclude) people = people.Where(p => !exclude.Contains(p.Id));
        if (query.Words("slug")?.ConvertAll(Slug.Fold) is { } slugs) people = people.Where(p => slugs.Contains(p.Slug));
        return people;
    }

    private static IQueryable<Person> Sort(IQueryable<Person> people, string by, bool isAscending)
    {
        return by switch
        {
            "id" => By(p => p.Id),
            "slug" or "include_slugs" => By(p => p.Slug),
            "registered_date" => By(p => p.JoinedAt),
            _ => By(p => p.DisplayName),
        };

        IQueryable<Person> By<T>(Expression<Func<Person, T>> key) => isAscending ? people.OrderBy(key).ThenBy(p => p.Id) : people.OrderByDescending(key).ThenByDescending(p => p.Id);
    }

    private static async Task<List<PersonRow>> RowsAsync(ApiRequest request, IQueryable<Person> people) =>
        await people.Select(p => new PersonRow(p.Id, p.DisplayName, p.Slug, p.Url, p.Bio)).ToListAsync(request.Ct);

    public static ApiItem Of(ApiRequest request, PersonRow person, bool isShort)
    {
        var links = new SortedDictionary<string, ApiLink[]>(StringComparer.Ordinal)
        {
            ["self"] = [new(request.To($"/wp/v2/users/{person.Id}"))],
            ["collection"] = [new(request.To("/wp/v2/users"))],
        };
        var link = request.Site.Links.Absolute(request.Site.Links.ToAuthor(person.Id));
        var view = new PersonView(person.Id, person.Name, person.Url, person.Bio, link, Slug.Escape(person.Slug).ToLowerInvariant(), Avatars.Of(request.Site, person.Id, person.Name), []);
        return ApiItem.Of(person.Id, view, ApiJson.Default.PersonView, links, isShort ? Short : null);
    }

    /// <summary>What may be told of a person; the rest stays in the database.</summary>
    public sealed record PersonRow(long Id, string Name, string Slug, string Url, string Bio);
}
