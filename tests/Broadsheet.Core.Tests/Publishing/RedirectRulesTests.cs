using Broadsheet.Core.Publishing;
using CsCheck;

namespace Broadsheet.Core.Tests.Publishing;

public sealed class RedirectRulesTests
{
    [Theory]
    [InlineData("/newsroom/*"), InlineData("/newsroom/"), InlineData("/Account/sign-in/"), InlineData("/wp-json/wp/v2/posts")]
    public void Rooms_of_the_program_lead_nowhere_else(string from) => Assert.Equal("from", RedirectRule.Create(from, "/x/", RedirectKind.Moved).Problem?.Field);

    [Fact]
    public void What_only_begins_like_one_may() => Assert.Null(RedirectRule.Create("/newsrooms-of-old/*", "/x/", RedirectKind.Moved).Problem);

    [Theory]
    [InlineData("/old/", "/new/", "/old", "", "/new/")]
    [InlineData("/old", "/new/", "/OLD/", "", "/new/")]
    [InlineData("https://paper.example/old/?x=1#top", "/new/", "/old", "?x=1", "/new/")]
    [InlineData("/page.php?id=7", "/seven/", "/page.php", "?id=7", "/seven/")]
    [InlineData("/caf%C3%A9/", "/coffee/", "/café", "", "/coffee/")]
    [InlineData("/old/*", "/new/*", "/old/a/b", "", "/new/a/b/")]
    [InlineData("/old/*", "/new/*", "/old", "", "/new/")]
    [InlineData("/old/*", "/new/*", "/old/ü b.html", "", "/new/%C3%BC%20b.html")]
    [InlineData("/old/*", "https://else.example/", "/old/a/b", "", "https://else.example/")]
    [InlineData("/old/*", "https://else.example/x/*", "/old/a", "", "https://else.example/x/a/")]
    public void An_address_leads_where_its_rule_says(string from, string to, string path, string query, string target)
    {
        var rules = new RedirectRules([RedirectRule.Create(from, to, RedirectKind.Moved).Value]);
        var found = rules.Find(path, query);
        Assert.NotNull(found);
        Assert.Equal(target, found.Value.Rule.TargetOf(found.Value.Path));
    }

    [Theory]
    [InlineData("/old", "/older")]
    [InlineData("/old/*", "/older")]
    [InlineData("/page.php?id=7", "/page.php")]
    public void Others_are_left_alone(string from, string path) => Assert.Null(new RedirectRules([RedirectRule.Create(from, "/new/", RedirectKind.Moved).Value]).Find(path));

    [Fact]
    public void The_longest_rule_wins_and_one_without_a_star_before_all()
    {
        var rules = new RedirectRules([Rule("/a/*", "/1/"), Rule("/a/b/*", "/2/"), Rule("/a/b/c", "/3/"), Rule("/a/b/c?d=e", "/4/")]);
        Assert.Equal("/1/", rules.Find("/a/x")!.Value.Rule.To);
        Assert.Equal("/2/", rules.Find("/a/b/x")!.Value.Rule.To);
        Assert.Equal("/3/", rules.Find("/a/b/c/", "?x=y")!.Value.Rule.To);
        Assert.Equal("/4/", rules.Find("/a/b/c", "?d=e")!.Value.Rule.To);
    }

    [Theory]
    [InlineData("", "/new/", "from")]
    [InlineData("/", "/new/", "from")]
    [InlineData("/*", "/new/", "from")]
    [InlineData("old", "/new/", "from")]
    [InlineData("//evil.example/", "/new/", "from")]
    [InlineData("/a\u0001", "/new/", "from")]
    [InlineData("/old", "", "to")]
    [InlineData("/old", "//evil.example/", "to")]
    [InlineData("/old", "/\\evil.example/", "to")]
    [InlineData("/old", "javascript:alert(1)", "to")]
    [InlineData("/old", "https://user:pass@host.example/", "to")]
    [InlineData("/old", "/new/*", "to")]
    [InlineData("/old", "/OLD/", "to")]
    [InlineData("/old/*", "/old/new/", "to")]
    public void Wrong_rules_are_refused_with_the_field(string from, string to, string field) => Assert.Equal(field, RedirectRule.Create(from, to, RedirectKind.Moved).Problem?.Field);

    [Fact]
    public void What_is_gone_needs_no_target() => Assert.Equal("", RedirectRule.Create("/old", null, RedirectKind.Gone).Value.To);

    [Fact]
    public void A_circle_is_seen_before_readers_run_in_it()
    {
        RedirectRule[] rules = [Rule("/a", "/b"), Rule("/b", "/c"), Rule("/x/*", "/y/*")];
        Assert.True(RedirectRules.IsCircle(rules, Rule("/c", "/a")));
        Assert.True(RedirectRules.IsCircle(rules, Rule("/y/*", "/x/*")));
        Assert.False(RedirectRules.IsCircle(rules, Rule("/c", "/d")));
        Assert.False(RedirectRules.IsCircle(rules, Rule("/b", "/d")));
        Assert.False(RedirectRules.IsCircle(rules, Rule("/d", "https://else.example/a")));
    }

    [Fact]
    public void Nothing_that_is_asked_for_fails() => Gen.String[Gen.Char["/?*%aA\0é\\ .:#"], 0, 30].Select(Gen.String[Gen.Char["/?*%aA\0é\\ .:#"], 0, 30]).Sample((from, path) =>
    {
        var rule = RedirectRule.Create(from, "/new/", RedirectKind.Moved);
        if (rule.Problem is not null) return;
        if (new RedirectRules([rule.Value]).Find(path) is { } found) Assert.StartsWith("/new/", found.Rule.TargetOf(found.Path), StringComparison.Ordinal);
    }, iter: 20_000);

    private static RedirectRule Rule(string from, string to) => RedirectRule.Create(from, to, RedirectKind.Moved).Value;
}
