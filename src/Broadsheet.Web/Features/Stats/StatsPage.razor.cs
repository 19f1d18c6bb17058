using System.Globalization;
using Broadsheet.Web.Reads.Desk;
using Microsoft.AspNetCore.Components;

namespace Broadsheet.Web.Features.Stats;

public partial class StatsPage
{
    [Parameter, EditorRequired]
    public DeskShell.Look Frame { get; set; } = null!;

    [Parameter, EditorRequired]
    public Content View { get; set; } = null!;

    private static string Url(int days, long? article) => string.Create(CultureInfo.InvariantCulture, $"{ShowStats.Page}?days={days}{(article is { } id ? $"&article={id}" : "")}");

    private string Csv(string what) => string.Create(CultureInfo.InvariantCulture, $"{ShowStats.Page}table.csv?what={what}&days={View.Range.Days}{(View.ArticleId is { } id ? $"&article={id}" : "")}");

    public sealed record Figure(string Number, string Beside);

    /// <param name="Time">How long it is looked at, on average.</param>
    public sealed record ArticleLine(long Id, string Title, long Views, string Time);

    public sealed record Content
    {
        internal StatRange Range { get; init; } = null!;

        /// <summary>Null: of all.</summary>
        public long? ArticleId { get; init; }
        public string? ArticleTitle { get; init; }

        /// <summary>Views are counted now.</summary>
        public bool Counts { get; init; }
        public required Figure Views { get; init; }
        public required Figure Visits { get; init; }
        public required string ReadingTime { get; init; }
        internal Doings Doings { get; init; } = null!;
        internal IReadOnlyList<Chart.Point> Points { get; init; } = [];
        internal Chart Drawn { get; init; } = null!;
        public IReadOnlyList<ArticleLine> Articles { get; init; } = [];
        internal IReadOnlyList<Named> Sources { get; init; } = [];
        internal IReadOnlyList<Named> Pages { get; init; } = [];
        internal IReadOnlyList<Named> Searches { get; init; } = [];
        internal IReadOnlyList<Named> Countries { get; init; } = [];
    }
}
