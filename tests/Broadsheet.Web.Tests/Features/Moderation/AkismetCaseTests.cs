using System.Text.Json;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Features.Moderation.Akismet;
using Broadsheet.Web.Outbound;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>The shared file of Akismet's documented requests and answers: our double gives these answers, our client sends these fields and understands what comes back.</summary>
public sealed class AkismetCaseTests
{
    [Fact]
    public async Task The_double_answers_each_case_as_documented()
    {
        await using var server = await AkismetDouble.StartAsync();
        using var http = new HttpClient();
        foreach (var (name, call, form, body) in Cases())
        {
            using var answer = await http.PostAsync(new Uri(new Uri(server.Url), call), new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
            Assert.Equal((name, body), (name, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public async Task The_client_sends_each_case_and_understands_its_answer()
    {
        await using var server = await AkismetDouble.StartAsync();
        using var http = new GuardedHttp([new Uri(server.Url).Authority]);
        foreach (var (name, call, form, body) in Cases())
        {
            var client = new AkismetClient(new AkismetOptions(form["api_key"], new Uri(server.Url), IsTest: form.ContainsKey("is_test")), http, new ServiceAlerts());

            Assert.Equal((name, body), (name, await AskAsync(client, call, form)));

            var sent = server.Calls.Last();
            Assert.Equal((name, call), (name, sent.Call));
            // More is sent than a case shows; what it shows is sent word for word.
            Assert.All(form, field => Assert.Equal((name, field.Key, field.Value), (name, field.Key, sent.Form[field.Key])));
        }
    }

    /// <returns>The documented answer that the client's understanding stands for.</returns>
    private static async Task<string> AskAsync(AkismetClient client, string call, IReadOnlyDictionary<string, string> form)
    {
        var ct = TestContext.Current.CancellationToken;
        if (call == "verify-key") return (await client.VerifyAsync(form["blog"], ct)).Value ? "valid" : "invalid";
        var draft = CommentDraft.Read(new CommentFields(1, null, form["comment_content"], form.GetValueOrDefault("comment_author"), form.GetValueOrDefault("comment_author_email"), null), nameAndEmailRequired: false).Value;
        var submission = new CommentSubmission(draft, new CommentOrigin(null, form["user_ip"], "", DateTimeOffset.UnixEpoch, DateTime.UnixEpoch), draft.Body, 0, HoneypotFilled: false, null, IsModerator: false, HasToken: true)
        {
            Role = form.TryGetValue("user_role", out var role) ? Enum.Parse<Role>(role, ignoreCase: true) : null,
        };
        var fields = AkismetForm.Of(client.Options, submission, new SubmissionPlace(form["blog"], $"{form["blog"]}one/", "", null, "en", null, null));
        if (call != "comment-check") return await client.TellAsync(call == "submit-spam", fields, ct) is { } problem ? problem.Message : "Thanks for making the web a better place.";
        var answer = await client.CheckAsync(fields, ct);
        return answer.Problem?.Message ?? (answer.Value.IsSpam ? "true" : "false");
    }

    /// <summary>Skips, aloud, where the file is absent.</summary>
    private static List<Case> Cases()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var file = Path.Combine(at.FullName, "shared", "data", "activitypub", "akismet", "cases.json");
            if (!File.Exists(file)) continue;
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            List<Case> cases = [.. json.RootElement.EnumerateArray().Select(c => new Case(
                c.GetProperty("name").GetString()!, c.GetProperty("call").GetString()!, c.GetProperty("form").EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetString() is "KEY" ? AkismetDouble.Key : f.Value.GetString()!, StringComparer.Ordinal), c.GetProperty("body").GetString()!))];
            Assert.True(cases.Count >= 5, $"{file} holds {cases.Count} cases");
            return cases;
        }
        Assert.Skip("shared/data/activitypub/akismet/cases.json is not on this machine");
        return [];
    }

    private sealed record Case(string Name, string Call, Dictionary<string, string> Form, string Body);
}
