namespace Broadsheet.Core.Screening;

/// <summary>What became of a writer's earlier comments: of the latest <see cref="Most"/>, those that their writer took back left out.</summary>
/// <param name="Rejected">They lie in the spam or in the trash.</param>
/// <param name="RecentShown">Of <see cref="Recent"/>.</param>
public readonly record struct WriterHistory(int Shown, int Rejected, int RecentShown, int RecentRejected)
{
    /// <summary>More are not looked at.</summary>
    public const int Most = 200;

    public static readonly TimeSpan Recent = TimeSpan.FromDays(30);

    /// <summary>Of what was decided lately: 0 to 100; 0 where nothing was.</summary>
    public int RejectedPercent => RecentRejected + RecentShown is var decided and > 0 ? (int)Math.Round(100.0 * RecentRejected / decided) : 0;
}
