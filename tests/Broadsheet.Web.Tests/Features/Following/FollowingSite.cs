using System.Net;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Following;

/// <summary>What readers do to follow, as they do it.</summary>
internal static class FollowingSite
{
    /// <summary>Sends the form below a discussion, or that of new articles.</summary>
    public static async Task AskAsync(this ReaderClient reader, string email, long? article = null, string frequency = "immediate")
    {
        List<KeyValuePair<string, string>> fields = [new("email", email), new("frequency", frequency), new("website_url", "")];
        if (article is { } id) fields.Add(new("article", $"{id}"));
        using var answer = await reader.PostAsync("/follow/", fields);
        Assert.Equal((HttpStatusCode.Found, "/follow/asked/"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    /// <summary>Asks, waits for the mail, opens its link and presses the button.</summary>
    public static async Task FollowAsync(this BroadsheetSite site, string email, long? article = null, string frequency = "immediate")
    {
        using var reader = site.NewReader();
        var box = new MailBox(site);
        var before = box.To(email).Count;
        await reader.AskAsync(email, article, frequency);
        await reader.ConfirmAsync(await box.WaitAsync(email, before + 1));
    }

    public static async Task ConfirmAsync(this ReaderClient reader, MimeKit.MimeMessage letter)
    {
        var path = MailBox.Link(letter, "/follow/confirm");
        Assert.Contains("Yes, follow", await reader.ReadAsync(path), StringComparison.Ordinal);
        using var answer = await reader.PostAsync(path, []);
        Assert.Contains("You follow this now", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Follows without mail, as if all had been confirmed.</summary>
    public static async Task<long> FollowAtOnceAsync(this BroadsheetSite site, string email, SubscriptionKind kind, long article, MailFrequency frequency = MailFrequency.Immediate)
    {
        var row = new Subscription { Email = email, EmailFolded = email, Kind = kind, ArticleId = article, Frequency = frequency, State = SubscriptionState.Active, Origin = "https://follow.test", AskedAt = DateTimeOffset.UnixEpoch, ConfirmedAt = DateTimeOffset.UnixEpoch };
        await site.Writes.RunAsync((scope, _) => { scope.Db.Subscriptions.Add(row); return Task.CompletedTask; }, CancellationToken.None);
        return row.Id;
    }

    /// <summary>Waits until nothing is to be told or sent any more.</summary>
    public static Task SettleMailAsync(this BroadsheetSite site) => Eventually.SeesAsync(() => site.ReadAsync(async db =>
        !await db.Outbox.AnyAsync(o => !o.Parked && (o.Job == FollowNotices.NotifyComment || o.Job == FollowNotices.NotifyArticle)) && !await db.Mails.AnyAsync(m => m.State == MailState.Waiting)));

    public static T Service<T>(this BroadsheetSite site) where T : class => (T?)site.App.Services.GetService(typeof(T)) ?? site.App.Services.GetServices<IJob>().OfType<T>().FirstOrDefault() ?? site.App.Services.GetServices<IRecurring>().OfType<T>().First();

    public static Task<List<QueuedMail>> MailsOfAsync(this BroadsheetSite site, string email) => site.ReadAsync(db => db.Mails.Where(m => m.EmailFolded == email).OrderBy(m => m.Id).ToListAsync());

    public static Task<Subscription?> SubscriptionAsync(this BroadsheetSite site, string email) => site.ReadAsync(db => db.Subscriptions.FirstOrDefaultAsync(s => s.EmailFolded == email));
}
