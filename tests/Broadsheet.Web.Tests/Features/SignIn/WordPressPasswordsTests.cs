using System.Diagnostics;
using Broadsheet.Web.Features.SignIn;

namespace Broadsheet.Web.Tests.Features.SignIn;

/// <summary>The hashes were made by PHP 8.2's password_hash, hash_hmac and md5, and by WordPress 6.1's own PasswordHash.</summary>
public sealed class WordPressPasswordsTests
{
    [Theory]
    [InlineData("correct horse", "$wp$2y$08$l40Nz6rO6CT73iklbTBtwuZxZQtGaEIvu/.BKECr3AQWFt/Kohyda")]
    [InlineData("correct horse", "$2y$08$k7vQiXg8RIjcTHONy4ZXEuOvvwBImPuIeyZSmjTVGoUDcEyrdEeK.")]
    [InlineData("correct horse", "$P$BNKvRCwOHBAkyu0oDpQCECSZP/y1.D/")]
    [InlineData("correct horse", "3cb4e732631f47e6eb961f34554b7cde")]
    [InlineData("größer als ßeide 密码", "$wp$2y$08$12nKD34zjFfSBsM8AVnuGujen9NZVoHmnD3wR4KeCxzoQJaoD.BKG")]
    [InlineData("größer als ßeide 密码", "$2y$08$LyhwRJCMnior8UGAK96xXu8VOVSw/052MP9GYJ40qNEllIUiysBSS")]
    [InlineData("größer als ßeide 密码", "$P$BnG1jZ3FBTP5eSUpUksNZihJDLsps5.")]
    [InlineData("größer als ßeide 密码", "fd5f231c3c17545edec008c49f465fb3")]
    [InlineData("it's a \"quote\"", "$wp$2y$08$3irYqcUXs3m.3LNR/fOI/OwjJMzaltti23ogs65BE8tmo50R2HRgK")]
    [InlineData("it's a \"quote\"", "$P$BhzhdXzbK7ySjOMKOfjC01B8RhRW1P1")]
    [InlineData("  correct horse ", "$P$BNKvRCwOHBAkyu0oDpQCECSZP/y1.D/")]
    public void What_WordPress_stored_is_verified_and_nothing_else(string password, string hash)
    {
        Assert.True(WordPressPasswords.IsOne(hash));
        Assert.True(WordPressPasswords.Verify(hash, password));
        Assert.False(WordPressPasswords.Verify(hash, password + "x"));
        Assert.False(WordPressPasswords.Verify(hash, ""));
        Assert.False(WordPressPasswords.Verify(hash[..^1] + (hash[^1] == 'a' ? 'b' : 'a'), password));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AQAAAAIAAYagAAAAEGhhc2hlZCBieSBJZGVudGl0eQ==")]
    [InlineData("*0")]
    [InlineData("correct horse")]
    [InlineData("3cb4e732631f47e6eb961f34554b7cdz")]
    public void What_is_none_of_its_hashes_is_left_to_others(string hash)
    {
        Assert.False(WordPressPasswords.IsOne(hash));
        Assert.False(WordPressPasswords.Verify(hash, hash));
    }

    [Theory]
    [InlineData("$2y$31$k7vQiXg8RIjcTHONy4ZXEuOvvwBImPuIeyZSmjTVGoUDcEyrdEeK.")]
    [InlineData("$wp$2y$31$l40Nz6rO6CT73iklbTBtwuZxZQtGaEIvu/.BKECr3AQWFt/Kohyda")]
    [InlineData("$P$SNKvRCwOHBAkyu0oDpQCECSZP/y1.D/")]
    [InlineData("$2y$08$")]
    [InlineData("$2x$zz$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$")]
    [InlineData("$2y$08$k7vQiXg8RIjcTHONy4ZXE\0OvvwBImPuIeyZSmjTVGoUDcEyrdEeK.")]
    [InlineData("$P$zNKvRCwOHBAkyu0oDpQCECSZP/y1.D/")]
    public void A_hash_that_would_hold_the_processor_or_is_damaged_verifies_nothing(string hash)
    {
        var started = Stopwatch.GetTimestamp();
        Assert.False(WordPressPasswords.Verify(hash, "correct horse"));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 2);
    }

    [Fact]
    public void Longer_than_WordPress_takes_is_refused() => Assert.False(WordPressPasswords.Verify("3cb4e732631f47e6eb961f34554b7cde", new string('a', 4_097)));
}
