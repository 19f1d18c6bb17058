using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>A moderator chooses when mail tells of comments that wait.</summary>
internal sealed class ChooseMail(Writes writes, Notices notices)
{
    public static void Map(RouteGroupBuilder room) => room.MapPost("/mail/", (HttpContext http, ChooseMail action) => action.HandleAsync(http));

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var wish = form["mail"].ToString() switch { "at-once" => HeldMail.AtOnce, "hourly" => HeldMail.Hourly, _ => HeldMail.Never };
        await writes.RunAsync((scope, ct) => HeldMailLedger.ChooseAsync(scope, CurrentPerson.Of(http)!.Id, wish, ct), http.RequestAborted);
        notices.Say(http, new DeskShell.Notice(wish switch { HeldMail.AtOnce => "You get mail within minutes when comments wait.", HeldMail.Hourly => "You get mail once an hour when comments wait.", _ => "You get no mail about comments that wait." }));
        return TypedResults.Redirect(QueueNames.Page);
    }
}
