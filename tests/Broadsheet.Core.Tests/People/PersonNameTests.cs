using Broadsheet.Core.People;

namespace Broadsheet.Core.Tests.People;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("Ann Lee", "ann  lee")]
    [InlineData("Ann Lee", "AnnLee")]
    [InlineData("Ann Lee", "Ann-Lee.")]
    [InlineData("José", "Jose")]
    [InlineData("paypal", "paypaI")]
    [InlineData("Bloom", "Bl00m")]
    [InlineData("Ann", "Аnn")]
    [InlineData("rnartin", "martin")]
    [InlineData("Olga", "𝕆lga")]
    [InlineData("Strasse", "Straße")]
    [InlineData("ann", "a​nn")]
    public void These_are_the_same_to_the_eye(string one, string other) => Assert.Contains(PersonName.Keys(one), k => PersonName.Keys(other).Contains(k));

    [Theory]
    [InlineData("Ann", "Anna")]
    [InlineData("Gail", "Gall")]
    [InlineData("Мария", "Марина")]
    [InlineData("田中", "山田")]
    [InlineData("नीता", "नीति")]
    public void These_are_not(string one, string other) => Assert.DoesNotContain(PersonName.Keys(one), k => PersonName.Keys(other).Contains(k));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("!!!")]
    [InlineData("ann@example.org")]
    [InlineData("https://example.org")]
    [InlineData("Z̸̢̛̙͇a͔̕l")]
    [InlineData("Moderator")]
    [InlineData("mοderatοr")]
    [InlineData("A former reader")]
    [InlineData("The Moderator")]
    [InlineData("Moderator 1")]
    [InlineData("Site admin")]
    [InlineData("Lantern")]
    [InlineData("Lantern editors")]
    [InlineData("ㅤㅤ")]
    [InlineData("ᅟᅠ")]
    [InlineData("⠀⠀x")]
    [InlineData("The Lantern")]
    [InlineData("the lantern.")]
    [InlineData("a name that goes on and on and on, well beyond sixty characters, as none does")]
    public void A_reader_is_not_called(string name) => Assert.NotNull(PersonName.Check(PersonName.Tidy(name), "The Lantern", isStaff: false));

    [Theory]
    [InlineData("Ann Lee")]
    [InlineData("Ann Lee 🦊")]
    [InlineData("O’Brien, J.")]
    [InlineData("Нина")]
    [InlineData("田中")]
    [InlineData("Nguyễn Thị Ánh")]
    [InlineData("Modesta")]
    [InlineData("The Owl")]
    [InlineData("Ann Lantern")]
    [InlineData("Newsome")]
    [InlineData("Chief Joseph")]
    public void A_reader_may_be_called(string name) => Assert.Null(PersonName.Check(PersonName.Tidy(name), "The Lantern", isStaff: false));

    [Fact]
    public void Staff_may_bear_the_publications_name() => Assert.Null(PersonName.Check("The Lantern", "The Lantern", isStaff: true));

    [Theory]
    [InlineData("Ruth Okafor", true)]
    [InlineData("ruth 0kafor", true)]
    [InlineData("Ruth Okaforㅤ", true)]
    [InlineData("Ruthﾠ Okafor", true)]
    [InlineData("Ruth Okafor (mоderator)", true)]
    [InlineData("Ruth Okafor (аdmin)", true)]
    [InlineData("Ruth Okafor, tеam", true)]
    [InlineData("Ruth Okafor, reporter", true)]
    [InlineData("Ruth Okafor, Editor-in-Chief", true)]
    [InlineData("Chief Editor Ruth Okafor", true)]
    [InlineData("Ruth Okafor (The Lantern Post)", true)]
    [InlineData("Ruth Lantern", false)]
    [InlineData("Ruth Okafor (editor)", true)]
    [InlineData("Moderator | Ruth Okafor", true)]
    [InlineData("Ruth", false)]
    [InlineData("Editor Paul", false)]
    [InlineData("Ruth Okafor fan", false)]
    public void Who_passes_for_one_of_the_staff(string name, bool passes)
    {
        var staff = PersonName.Keys("Ruth Okafor").ToHashSet();
        Assert.Equal(passes, PersonName.PassesForStaff(name, staff, "The Lantern Post"));
    }

    [Fact]
    public void What_cannot_be_seen_is_left_out() => Assert.Equal("Ann Lee", PersonName.Tidy("  Ann‮ \u0007  Lee﻿ "));
}
