using System.Globalization;
using Broadsheet.Core;
using Broadsheet.Core.People;

namespace Broadsheet.Web.Reads;

/// <summary>How long a session holds unused, and how long at most.</summary>
internal sealed record SessionLifetimes(SessionLifetime Readers, SessionLifetime Staff)
{
    public static readonly SessionLifetimes Usual = new(new(TimeSpan.FromDays(14), TimeSpan.FromDays(90)), new(TimeSpan.FromDays(7), TimeSpan.FromDays(30)));

    /// <summary>Shorter ones would run out between two notes of having been seen.</summary>
    private const decimal LeastDays = 0.25m;

    /// <summary>Browsers keep no cookie for longer.</summary>
    private const decimal MostDays = 400;

    public SessionLifetime Of(Role role) => role.IsStaff() ? Staff : Readers;

    /// <summary>Of either kind.</summary>
    public TimeSpan LongestIdle => Readers.Idle > Staff.Idle ? Readers.Idle : Staff.Idle;

    public static Outcome<SessionLifetimes> Read(IConfiguration configuration)
    {
        var readers = Read(configuration, "", Usual.Readers);
        if (readers.Problem is { } wrong) return wrong;
        var staff = Read(configuration, "Staff", Usual.Staff);
        return staff.Problem is { } wrongToo ? wrongToo : new SessionLifetimes(readers.Value, staff.Value);
    }

    private static Outcome<SessionLifetime> Read(IConfiguration configuration, string who, SessionLifetime usual)
    {
        var (idleKey, longestKey) = ($"SignIn:Sessions:{who}IdleDays", $"SignIn:Sessions:{who}LongestDays");
        var idle = Days(configuration, idleKey, usual.Idle);
        if (idle.Problem is { } wrong) return wrong;
        var longest = Days(configuration, longestKey, usual.Longest);
        if (longest.Problem is { } wrongToo) return wrongToo;
        return idle.Value > longest.Value
            ? new Problem(idleKey, string.Create(CultureInfo.InvariantCulture, $"{idleKey} is {idle.Value.TotalDays:0.##}; it can be at most {longestKey}, which is {longest.Value.TotalDays:0.##}."))
            : new SessionLifetime(idle.Value, longest.Value);
    }

    private static Outcome<TimeSpan> Days(IConfiguration configuration, string key, TimeSpan usual)
    {
        if (configuration[key] is not { } given) return usual;
        return decimal.TryParse(given, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) && days is >= LeastDays and <= MostDays
            ? TimeSpan.FromDays((double)days)
            : new Problem(key, string.Create(CultureInfo.InvariantCulture, $"{key} is “{given}”; it is a number of days from {LeastDays} to {MostDays}."));
    }
}

/// <param name="Idle">Since it was last seen.</param>
/// <param name="Longest">Since it began.</param>
internal sealed record SessionLifetime(TimeSpan Idle, TimeSpan Longest);
