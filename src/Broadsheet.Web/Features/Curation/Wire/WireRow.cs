using System.Linq.Expressions;
using Broadsheet.Core.People;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Curation.Wire;

/// <summary>A story as the list reads it: without its body.</summary>
internal sealed record WireRow
{
    public static readonly Expression<Func<WireItem, WireRow>> From = w => new WireRow
    {
        Id = w.Id,
        GroupId = w.GroupId,
        Title = w.Title,
        Outlet = w.OutletName,
        Author = w.Author,
        Summary = w.Summary,
        PublishedAt = w.PublishedAt,
        State = w.State,
        SnoozedUntil = w.SnoozedUntil,
        AssignedTo = w.AssignedTo,
        NominatedBy = w.NominatedBy,
        ArticleId = w.ArticleId,
        ChangedAt = w.ChangedAt,
        Note = w.Note,
        Language = w.Language,
        Source = w.SourceName,
    };

    public long Id { get; init; }
    public long GroupId { get; init; }
    public string Title { get; init; } = "";
    public string Outlet { get; init; } = "";
    public string? Author { get; init; }
    public string Summary { get; init; } = "";
    public DateTimeOffset PublishedAt { get; init; }
    public WireState State { get; init; }
    public DateTimeOffset? SnoozedUntil { get; init; }
    public long? AssignedTo { get; init; }
    public long? NominatedBy { get; init; }
    public long? ArticleId { get; init; }
    public DateTimeOffset? ChangedAt { get; init; }
    public string? Note { get; init; }
    public string? Language { get; init; }

    /// <summary>Whose story it is, where the outlet repeats somebody else's.</summary>
    public string? Source { get; init; }

    public WirePage.Row ToView(ReaderSite site, long personId, IEnumerable<WireRow> others)
    {
        var facts = new List<string> { Outlet };
        if (Author is not null) facts.Add(Author);
        if (Source is not null) facts.Add($"after {Source}");
        facts.Add(DeskTime.Of(site.Publication, PublishedAt));
        if (ChangedAt is { } changed) facts.Add($"changed there {DeskTime.Of(site.Publication, changed)}");
        if (State == WireState.Snoozed && SnoozedUntil is { } until) facts.Add($"snoozed until {DeskTime.Of(site.Publication, until)}");
        if (NominatedBy is { } by) facts.Add($"nominated by {NameOf(site, by)}");
        if (AssignedTo is { } to) facts.Add(to == personId ? "yours" : $"with {NameOf(site, to)}");
        return new WirePage.Row(Id, Title, Language, Summary, Note, facts, State is WireState.New or WireState.Snoozed, AssignedTo == personId, AssignedTo, ArticleId, WireNames.Word(State),
            [.. others.Select(o => new WirePage.Other(o.Id, o.Outlet, o.Title))]);
    }

    /// <summary>Who may have a story, by name.</summary>
    public static IReadOnlyList<KeyValuePair<long, string>> CuratorsOf(ReaderSite site) => [.. site.Index.Authors.Values.Where(a => a.Role.May(Permission.Curate)).OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => KeyValuePair.Create(a.Id, a.Name))];

    private static string NameOf(ReaderSite site, long person) => site.Index.Authors.TryGetValue(person, out var name) ? name.Name : "somebody";
}
