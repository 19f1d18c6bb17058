using Broadsheet.Core.Text;

namespace Broadsheet.Core.Tests.Text;

/// <summary>What the staff says beside a discussion.</summary>
public sealed class HouseTextTests
{
    [Theory]
    [InlineData("Be *kind*.", "<p>Be <em>kind</em>.</p>")]
    [InlineData("# Loud", "Loud")]
    [InlineData("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>")]
    [InlineData("[rules](https://there.test/x) and [ours](/about/)", "<p><a href=\"https://there.test/x\" rel=\"noopener\">rules</a> and <a href=\"/about/\">ours</a></p>")]
    // Not a card, as in an article: that would hide where it leads.
    [InlineData("https://youtu.be/x", "<p><a href=\"https://youtu.be/x\" rel=\"noopener\">https://youtu.be/x</a></p>")]
    [InlineData(" \n ", "")]
    public void Markdown_looks_as_comments_do(string written, string shown) => Assert.Equal(shown, HouseText.Render(written).Value.Trim());
}
