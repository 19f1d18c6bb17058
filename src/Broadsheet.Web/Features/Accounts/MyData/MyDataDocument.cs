using System.Text.Json.Serialization;

namespace Broadsheet.Web.Features.Accounts.MyData;

/// <summary>All that is known here about one person. Instants are UTC; lists are read from the database while they are written.</summary>
/// <param name="About">What the file is, in words.</param>
/// <param name="KeepsAddressesDays">After so many days network addresses and user agents are erased.</param>
internal sealed record MyDataDocument(
    string About, DateTimeOffset At, string Publication, int KeepsAddressesDays, MyAccount Account, string? PictureWebpBase64, IAsyncEnumerable<MyNameChange> EarlierNames, IAsyncEnumerable<MyWayIn> WaysIn,
    IAsyncEnumerable<MyPasskey> Passkeys, MyTwoSteps? TwoSteps, IAsyncEnumerable<MyApplicationPassword> ApplicationPasswords,
    IAsyncEnumerable<MySession> Sessions, IAsyncEnumerable<MyComment> Comments, IAsyncEnumerable<MyRevision> EarlierWordsOfComments, IAsyncEnumerable<MyLike> Likes, IAsyncEnumerable<MyReport> Reports, IAsyncEnumerable<MyAppeal> Appeals, IAsyncEnumerable<MyWarning> FromModerators, IAsyncEnumerable<MyNote> NotesOfModerators, IAsyncEnumerable<MyBan> Bans, IAsyncEnumerable<MyMute> Mutes,
    IAsyncEnumerable<MyVisit> Visits, IAsyncEnumerable<MySubscription> Subscriptions, IAsyncEnumerable<MyMail> Mails, IAsyncEnumerable<MyArticle> Articles, IAsyncEnumerable<MyDecision> DecisionsAsModerator);

internal sealed record MyAccount(
    long Id, string Name, string? Email, bool EmailIsProven, string Login, string Role, string Link, string Words, DateTimeOffset JoinedAt, DateTimeOffset? SignedInAt, bool HasPassword, bool HasPage, bool IsNamedAmongLikers, DateTimeOffset? WillBeDeletedAt);

internal sealed record MyNameChange(string Before, string After, DateTimeOffset At);

/// <param name="Kind">A provider.</param>
internal sealed record MyWayIn(string Kind, string? Name);

internal sealed record MyPasskey(string Name, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt);

/// <summary>Never with the app's secret, nor a recovery code.</summary>
internal sealed record MyTwoSteps(DateTimeOffset OnSince, int RecoveryCodesLeft);

internal sealed record MyApplicationPassword(string Name, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt, string? Address);

internal sealed record MySession(DateTimeOffset BeganAt, DateTimeOffset SeenAt, DateTimeOffset? EndedAt, string Way, string? UserAgent, string? Address);

internal sealed record MyComment(long Id, string Url, string Article, string? Number, string Standing, DateTimeOffset At, DateTimeOffset? EditedAt, string Name, string Email, string Link, string Words, string Address, string UserAgent);

internal sealed record MyRevision(long Comment, string Words, DateTimeOffset ReplacedAt);

/// <param name="Comment">Null: the article itself.</param>
internal sealed record MyLike(long Article, long? Comment, DateTimeOffset At);

internal sealed record MyWarning(long? Comment, string Words, DateTimeOffset At, DateTimeOffset? ReadAt);

internal sealed record MyNote(string Words, DateTimeOffset At);

/// <param name="Until">Null: for ever.</param>
internal sealed record MyBan(string Reason, DateTimeOffset Since, DateTimeOffset? Until, DateTimeOffset? LiftedAt);

internal sealed record MyAppeal(long Comment, string Words, string State, DateTimeOffset At);

/// <param name="DecidedAt">Null while no moderator has looked.</param>
/// <param name="IsUpheld">The comment was taken down; null while no moderator has looked.</param>
internal sealed record MyReport(long Comment, string Reason, string Note, DateTimeOffset At, bool WantsAnswer, DateTimeOffset? DecidedAt, bool? IsUpheld);

internal sealed record MyMute(string Name, DateTimeOffset At);

internal sealed record MyVisit(long Article, DateTimeOffset At);

internal sealed record MySubscription(string Kind, long? Article, string Frequency, string State, DateTimeOffset AskedAt, DateTimeOffset? ConfirmedAt, DateTimeOffset? EndedAt);

internal sealed record MyMail(string Kind, string State, DateTimeOffset At);

internal sealed record MyArticle(long Id, string Url, string Title, string Status, DateTimeOffset? PublishedAt);

internal sealed record MyDecision(long Comment, string From, string To, DateTimeOffset At);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(MyDataDocument))]
internal sealed partial class MyDataJson : JsonSerializerContext;
