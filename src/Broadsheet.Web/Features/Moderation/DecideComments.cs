using System.Globalization;
using System.Text.Json.Serialization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>A moderator decides on one comment or several, and may take it back. Asked by our script, it answers with what was done; else with the page one came from.</summary>
internal sealed class DecideComments(Writes writes, IDatabaseEngine engine, PublicationStore publications, Notices notices)
{
    /// <summary>In one form.</summary>
    private const int MostAtOnce = 500;

    /// <summary>What a notice can name; more are taken back as a run.</summary>
    private const int MostInNotice = 20;

    private const string UndoPage = $"{QueueNames.Page}undo/";

    public static void Map(RouteGroupBuilder room)
    {
        room.MapPost("/", (HttpContext http, DecideComments action) => action.DecideAsync(http));
        room.MapPost("/undo/", (HttpContext http, DecideComments action) => action.UndoAsync(http));
    }

    private async Task<IResult> DecideAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        // A button of a card names its comment, whatever boxes are ticked; the buttons below the list mean the boxes.
        var one = form["one"].ToString().Split(':');
        var (to, ids) = one.Length >= 2 ? (QueueNames.Parse(one[0]), Ids([one[1]])) : (QueueNames.Parse(form["to"]), Ids(form["id"]));
        if (to is not { } standing || ids.Count == 0) return Answer(http, form, null, new DecisionAnswer("Tick the comments first."));
        var reason = standing == Standing.Shown ? "" : DecisionReasons.Read(one.Length > 2 ? one[2] : form["reason"], form["words"]);
        var (seen, wish) = (ids.ConvertAll(id => Seen(id, form[$"seen-{id}"])), new DecisionWish(standing, CurrentPerson.Of(http)!.Id, reason));
        var (result, run) = await writes.RunAsync(async (scope, ct) =>
        {
            var made = await DecisionLedger.DecideAsync(scope, seen, wish, ct);
            return (made, made.Made.Count > MostInNotice ? await BulkLedger.RecordAsync(scope, made.Made, made.Made[0].From, wish.To, CurrentPerson.Of(http)!.Id, ct) : null);
        }, http.RequestAborted);
        var words = result.Made.Count == 0 ? "" : result.Made.TrueForAll(d => d.From == d.To) ? "Looked at: it stays as it is." : QueueNames.Done(standing, result.Made.Count);
        if (one.Length < 2 && form["id"].Count > MostAtOnce) words = Join(words, $"{form["id"].Count - MostAtOnce} more were ticked than one form takes: they are as they were.");
        return Answer(http, form, run, new DecisionAnswer(Join(words, await OvertakenAsync(result, http.RequestAborted))) { Decisions = result.Made.ConvertAll(d => d.Id), Comments = result.Made.ConvertAll(d => d.CommentId) });
    }

    private async Task<IResult> UndoAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var ids = Ids(form["decision"]);
        var undone = await writes.RunAsync((scope, ct) => DecisionLedger.UndoAsync(scope, ids, CurrentPerson.Of(http)!.Id, null, ct), http.RequestAborted);
        var words = undone.Count == 0 ? "Nothing was taken back: someone has decided since." : undone.Count == 1 ? "Taken back." : $"{undone.Count} decisions taken back.";
        return Answer(http, form, null, new DecisionAnswer(words) { Seen = undone.ToDictionary(d => d.CommentId, d => d.Id) });
    }

    /// <param name="run">Where the decisions are many; null for few.</param>
    private IResult Answer(HttpContext http, IFormCollection form, BulkRun? run, DecisionAnswer answer)
    {
        if (http.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal)) return TypedResults.Json(answer, DecisionJson.Default.DecisionAnswer);
        var back = LocalAddress.Of(form["back"], QueueNames.Page) is var given && given.StartsWith(QueueNames.Page, StringComparison.Ordinal) ? given : QueueNames.Page;
        if (run is not null)
        {
            notices.Say(http, new DeskShell.Notice(answer.Said, $"{Bulk.DecideAll.Address(run.Id)}undo/"));
            return TypedResults.Redirect(back);
        }
        var fields = answer.Decisions.Select(d => KeyValuePair.Create("decision", d.ToString(CultureInfo.InvariantCulture))).Append(KeyValuePair.Create("back", back)).ToList();
        notices.Say(http, answer.Decisions.Count == 0 ? new DeskShell.Notice(answer.Said) : new DeskShell.Notice(answer.Said, UndoPage, fields));
        return TypedResults.Redirect(back);
    }

    /// <summary>Nobody decides unknowingly on what somebody else has decided, or on words that are others by now.</summary>
    private async Task<string> OvertakenAsync(DecisionsMade result, CancellationToken ct)
    {
        if (result.Overtaken.Count == 0) return result.Made.Count == 0 ? "Nothing changed: it stood so already." : "";
        if (result.Overtaken.Count > 1) return $"{result.Overtaken.Count} were left alone: somebody else had decided on them, or their words were changed.";
        var overtaken = result.Overtaken[0];
        if (overtaken.By is null) return "Nothing was done: its writer has changed or deleted it since you looked. Look at it again.";
        await using var db = engine.Open();
        var last = (await CardFacts.LastAsync(db, [overtaken.CommentId], ct)).GetValueOrDefault(overtaken.CommentId);
        return last is null ? "Nothing was done: somebody was quicker." : $"Nothing was done, as somebody was quicker. {CardMaker.Words(last, await publications.GetAsync(ct))}.";
    }

    private static string Join(string first, string second) => first.Length > 0 && second.Length > 0 ? $"{first} {second}" : first + second;

    /// <summary>As <see cref="CardView.Content.Seen"/> gives it; without it, nothing is known to have been looked at.</summary>
    private static SeenComment Seen(long id, string? text) =>
        (text ?? "").Split('.') is [var decision, var edited, ..] and var parts && long.TryParse(decision, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && long.TryParse(edited, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? new SeenComment(id, last, at, parts.Length > 2 ? QueueNames.Parse(parts[2]) : null) : new SeenComment(id);

    private static List<long> Ids(IEnumerable<string?> texts) =>
        [.. texts.Take(MostAtOnce).Select(t => long.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Distinct()];
}

/// <param name="Said">For the moderator.</param>
internal sealed record DecisionAnswer(string Said)
{
    /// <summary>To take back.</summary>
    public IReadOnlyList<long> Decisions { get; init; } = [];

    /// <summary>That were decided on.</summary>
    public IReadOnlyList<long> Comments { get; init; } = [];

    /// <summary>By the ids of comments where a decision was taken back: the decision that stands now.</summary>
    public IReadOnlyDictionary<long, long> Seen { get; init; } = new Dictionary<long, long>();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DecisionAnswer))]
internal sealed partial class DecisionJson : JsonSerializerContext;
