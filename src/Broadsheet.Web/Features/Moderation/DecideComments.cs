using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>A moderator decides on one comment or several, and may take it back.</summary>
internal sealed class DecideComments(Writes writes, Notices notices)
{
    /// <summary>A page of the queue, and some room.</summary>
    private const int MostAtOnce = 100;

    public static void Map(RouteGroupBuilder room)
    {
        room.MapPost("/", (HttpContext http, DecideComments action) => action.DecideAsync(http));
        room.MapPost("/undo/", (HttpContext http, DecideComments action) => action.UndoAsync(http));
    }

    private async Task<IResult> DecideAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var back = Back(form);
        // A button of a card names its comment, whatever boxes are ticked; the buttons below the list mean the boxes.
        var (to, ids) = form["one"].ToString().Split(':') is [var name, var id] ? (QueueNames.Parse(name), Ids([id])) : (QueueNames.Parse(form["to"]), Ids(form["id"]));
        if (to is not { } standing || ids.Count == 0)
        {
            notices.Say(http, new DeskShell.Notice("Tick the comments first."));
            return TypedResults.Redirect(back);
        }
        var made = await writes.RunAsync((scope, ct) => DecisionLedger.DecideAsync(scope, ids, standing, CurrentPerson.Of(http)!.Id, ct), http.RequestAborted);
        var fields = made.ConvertAll(d => KeyValuePair.Create("decision", d.Id.ToString(CultureInfo.InvariantCulture)));
        fields.Add(KeyValuePair.Create("back", back));
        notices.Say(http, made.Count == 0 ? new DeskShell.Notice("Nothing changed: someone was quicker.") : new DeskShell.Notice(QueueNames.Done(standing, made.Count), "/newsroom/comments/undo/", fields));
        return TypedResults.Redirect(back);
    }

    private async Task<IResult> UndoAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var ids = Ids(form["decision"]);
        var count = await writes.RunAsync((scope, ct) => DecisionLedger.UndoAsync(scope, ids, CurrentPerson.Of(http)!.Id, ct), http.RequestAborted);
        notices.Say(http, new DeskShell.Notice(count == 0 ? "Nothing was taken back: someone has decided since." : count == 1 ? "Taken back." : $"{count} decisions taken back."));
        return TypedResults.Redirect(Back(form));
    }

    private static string Back(IFormCollection form) => LocalAddress.Of(form["back"], "/newsroom/comments/") is var back && back.StartsWith("/newsroom/comments/", StringComparison.Ordinal) ? back : "/newsroom/comments/";

    private static List<long> Ids(IEnumerable<string?> texts) =>
        [.. texts.Take(MostAtOnce).Select(t => long.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Distinct()];
}
