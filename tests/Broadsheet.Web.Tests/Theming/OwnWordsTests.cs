using Broadsheet.Web.Theming;
using Fluid;
using Fluid.Parser;

namespace Broadsheet.Web.Tests.Theming;

public sealed class OwnWordsTests
{
    [Theory]
    [InlineData("<p>{{ comment.author }}</p>")]
    [InlineData("{% if comment.is_held %}{{ comment.note | upcase }}{% elsif comment.more and comment.closes == 0 %}{{ comment.more.url }}{% else %}none{% endif %}")]
    [InlineData("{% unless comment.opens %}{% for i in (1..comment.closes) %}</ol>{% if forloop.last %}{{ i }}{% endif %}{% endfor %}{% endunless %}")]
    [InlineData("{% case comment.level %}{% when 1 %}top{% else %}reply{% endcase %}{% raw %}{{ site.title }}{% endraw %}{% comment %}{{ site.title }}{% endcomment %}")]
    public void A_part_that_shows_only_its_comment_is_known_as_such(string part) => Assert.True(HasOwnWords(part));

    [Theory]
    [InlineData("{{ site.title }}")]
    [InlineData("{{ comment.author }}{{ thread.count }}")]
    [InlineData("{% if article.is_sticky %}x{% endif %}")]
    [InlineData("{% if comment.opens and thread.form %}x{% endif %}")]
    [InlineData("{% if comment.opens %}{% else %}{{ site.title }}{% endif %}")]
    [InlineData("{% if comment.opens %}{% elsif site.title %}x{% endif %}")]
    [InlineData("{% for i in (1..thread.count) %}x{% endfor %}")]
    [InlineData("{% for i in comment.more limit: thread.count %}x{% endfor %}")]
    [InlineData("{% for way in thread.form.ways %}{{ way }}{% endfor %}")]
    [InlineData("{% assign seen = true %}{{ comment.author }}")]
    [InlineData("{% increment place %}")]
    [InlineData("{% cycle 'odd', 'even' %}")]
    [InlineData("{% include 'credit' %}")]
    [InlineData("{% render 'credit' %}")]
    [InlineData("{{ 'now' | date: '%s' }}")]
    [InlineData("{{ comment.author | append: site.title }}")]
    [InlineData("{{ comment[site.title] }}")]
    [InlineData("{% case site.title %}{% when 'a' %}b{% endcase %}")]
    [InlineData("{% case comment.level %}{% when site.title %}b{% endcase %}")]
    [InlineData("{% case comment.level %}{% when 1 %}b{% else %}{{ site.title }}{% endcase %}")]
    [InlineData("{{ forloop.index }}")]
    [InlineData("{% for site in (1..2) %}x{% endfor %}{{ site.title }}")]
    [InlineData("{% for site in comment.more %}x{% else %}{{ site.title }}{% endfor %}")]
    [InlineData("{% for i in (1..2) %}x{% endfor %}{{ forloop.index }}")]
    [InlineData("{% unless comment.opens %}x{% else %}{{ site.title }}{% endunless %}")]
    [InlineData("{% for i in (1..2) %}{% if i == 1 %}{{ site.title }}{% endif %}{% endfor %}")]
    public void A_part_that_shows_anything_else_is_not(string part) => Assert.False(HasOwnWords(part));

    private static bool HasOwnWords(string part)
    {
        Assert.True(new ThemeParser().TryParse(part, out var template, out var error), error);
        return OwnWords.Has(((FluidTemplate)template).Statements);
    }
}
