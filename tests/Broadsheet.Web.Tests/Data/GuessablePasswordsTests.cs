using Broadsheet.Web.Data;

namespace Broadsheet.Web.Tests.Data;

public sealed class GuessablePasswordsTests
{
    [Theory]
    [InlineData("password")]
    [InlineData("Password1!")]
    [InlineData("p@ssw0rd2026")]
    [InlineData("12345678")]
    [InlineData("87654321")]
    [InlineData("qwertyuiop")]
    [InlineData("1q2w3e4r5t")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abababababab")]
    [InlineData("........")]
    [InlineData("Administrator1")]
    [InlineData("welcome welcome")]
    [InlineData("ann.reader@example.org")]
    [InlineData("AnnReader7")]
    [InlineData("reader2026")]
    [InlineData("TheLantern!!")]
    [InlineData("lantern-1984")]
    [InlineData("Broadsheet1")]
    public void What_anyone_would_try_first_is_refused(string password) => Assert.NotNull(PeopleLedger.CheckPassword(password, "ann.reader@example.org", "Ann Reader", "The Lantern"));

    [Theory]
    [InlineData("four plain words here")]
    [InlineData("my password is a long story about otters")]
    [InlineData("kvtmzqpw")]
    [InlineData("lantern of the seven harbours")]
    [InlineData("ÄÖÜ плавание")]
    [InlineData("八つの静かな川と橋")]
    [InlineData("82946157")]
    [InlineData("   spaces at both ends   ")]
    public void Anything_else_is_taken_whatever_it_is_made_of(string password) => Assert.Null(PeopleLedger.CheckPassword(password, "ann.reader@example.org", "Ann Reader", "The Lantern"));

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(64, true)]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void Length_is_the_only_other_rule(int length, bool isTaken) => Assert.Equal(isTaken, PeopleLedger.CheckPassword(string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i * 7 % 26))))) is null);

    [Fact]
    public void Nothing_but_a_short_own_word_is_no_reason() => Assert.Null(PeopleLedger.CheckPassword("kvtmzqpw", "al@ex.org", "Al", ""));
}
