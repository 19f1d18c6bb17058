using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.Discussion;

/// <summary>
/// One reader's words under one article. It has a number from the moment it is first shown, and keeps it whatever happens later.
/// </summary>
public sealed class Comment
{
    /// <summary>UTF-16 code units after trimming (WordPress: 65,525).</summary>
    public const int MaxLength = 65_525;
    public const int MaxAuthorLength = 245;
    public const int MaxEmailLength = 100;
    public const int MaxUrlLength = 200;

    private Comment() { }

    public long Id { get; private init; }
    public long ArticleId { get; private init; }
    public long? ParentId { get; private init; }
    public CommentKind Kind { get; private init; }
    public Standing Standing { get; private set; } = Standing.Held;

    /// <summary>The signed-in person who wrote it; null for a guest.</summary>
    public long? PersonId { get; private init; }
    public string AuthorName { get; private init; } = "";

    /// <summary>Never shown to readers. Empty where none was asked for.</summary>
    public string AuthorEmail { get; private init; } = "";

    /// <summary><see cref="AuthorEmail"/> in lower case, to recognise a guest.</summary>
    public string EmailFolded { get; private init; } = "";

    /// <summary>http or https, or empty.</summary>
    public string AuthorUrl { get; private init; } = "";
    public string AuthorIp { get; private init; } = "";
    public string UserAgent { get; private init; } = "";
    public DateTimeOffset At { get; private init; }
    public DateTime AtLocal { get; private init; }

    /// <summary>Null until first shown, and for pings.</summary>
    public int? Number { get; private set; }

    /// <summary>0 for a top-level comment and while there is no number.</summary>
    public int Reply { get; private set; }

    /// <summary>See <see cref="ThreadPath"/>; null while there is no number.</summary>
    public string? Path { get; private set; }

    /// <summary>Levels below the top-level comment, counting numbered ancestors only.</summary>
    public int Depth { get; private set; }

    /// <summary>For a top-level comment: the last reply number given below it.</summary>
    public int LastReply { get; private set; }

    /// <summary>Direct replies that are shown: while there are any, removing this one leaves a tombstone.</summary>
    public int ShownReplies { get; private set; }

    /// <summary>For a top-level comment: replies below it, at any depth, that are shown.</summary>
    public int RepliesBelow { get; private set; }

    /// <summary>Likes of everyone, guests among them.</summary>
    public int Likes { get; private set; }

    /// <summary>Likes of people who are known by name, here or where they were imported from: what <c>most liked</c> counts.</summary>
    public int PersonLikes { get; private set; }

    /// <summary>When readers first saw it; <see cref="At"/> for one that was never held. Null while it has no number.</summary>
    public DateTimeOffset? ShownAt { get; private set; }

    /// <summary>When its author last changed the words; null for never.</summary>
    public DateTimeOffset? EditedAt { get; private set; }

    /// <summary>When staff chose it to stand on top; null where nobody did.</summary>
    public DateTimeOffset? FeaturedAt { get; private set; }

    /// <summary>The comment that it hangs under as shown: the nearest ancestor that had a number when this one got its own. Null at the top.</summary>
    public long? ShownParentId { get; private set; }

    /// <summary>The old <c>#comment-N</c> of a comment whose id was taken when it was imported; null where the id is the original.</summary>
    public long? ImportedId { get; private init; }
    public CommentFormat Format { get; private init; }

    /// <summary>As written.</summary>
    public string Body { get; private set; } = "";

    /// <summary>The beginning of the body's SHA-256: finds the same words again without reading a whole thread.</summary>
    public long BodyHash { get; private set; }

    /// <summary>Safe HTML.</summary>
    public string BodyHtml { get; private set; } = "";
    public int BodyVersion { get; private set; }

    /// <summary>What each check said when the comment came, as JSON for moderators; null for an import.</summary>
    public string? Screening { get; private set; }

    public CommentNumber? FullNumber => Number is { } number ? new CommentNumber(number, Reply) : null;

    /// <param name="draft">What its author gave, already checked (<see cref="CommentDraft.Read"/>).</param>
    /// <param name="html">The draft's body, rendered by <see cref="CommentText"/>.</param>
    public static Comment Write(CommentDraft draft, SafeHtml html, CommentOrigin origin, Standing standing, string? screening) => new()
    {
        ArticleId = draft.ArticleId,
        ParentId = draft.ParentId,
        PersonId = origin.PersonId,
        AuthorName = draft.AuthorName,
        AuthorEmail = draft.AuthorEmail,
        EmailFolded = draft.AuthorEmail.ToLowerInvariant(),
        AuthorUrl = draft.AuthorUrl,
        AuthorIp = origin.Ip,
        UserAgent = origin.UserAgent,
        At = origin.At,
        AtLocal = origin.AtLocal,
        Body = draft.Body,
        BodyHash = HashOf(draft.Body),
        BodyHtml = html.Value,
        BodyVersion = CommentText.RendererVersion,
        Standing = standing,
        Screening = screening,
    };

    /// <param name="place">Its number and what hangs below it; null for one that has none.</param>
    public static Comment Imported(ImportedComment c, ThreadPlace? place = null) => new()
    {
        Number = place?.Number,
        Reply = place?.Reply ?? 0,
        Path = place?.Path,
        Depth = place?.Depth ?? 0,
        ShownParentId = place?.ShownParentId,
        LastReply = place?.LastReply ?? 0,
        ShownReplies = place?.ShownReplies ?? 0,
        RepliesBelow = place?.LastReply ?? 0,
        ShownAt = place is null ? null : c.At,
        Id = c.Id,
        ArticleId = c.ArticleId,
        ParentId = c.ParentId,
        Kind = c.Kind,
        Standing = c.Standing,
        PersonId = c.PersonId,
        AuthorName = Cut(c.AuthorName, MaxAuthorLength),
        AuthorEmail = c.AuthorEmail,
        EmailFolded = c.AuthorEmail.ToLowerInvariant(),
        AuthorUrl = c.AuthorUrl,
        AuthorIp = c.AuthorIp,
        At = c.At,
        AtLocal = c.AtLocal,
        ImportedId = c.OldId,
        Format = CommentFormat.WordPress,
        Body = c.Body,
        BodyHash = HashOf(c.Body),
        BodyHtml = c.Html.Value,
        BodyVersion = CommentText.RendererVersion,
    };

    /// <summary>The same words, shown by the renderer as it is now.</summary>
    public void Rerender(SafeHtml html) => (BodyHtml, BodyVersion) = (html.Value, CommentText.RendererVersion);

    /// <summary>Gives the number that the comment keeps for ever.</summary>
    /// <param name="parent">The nearest ancestor that has a number; null makes it top-level.</param>
    /// <param name="top">The top-level number: a new one, or that of <paramref name="parent"/>.</param>
    /// <param name="reply">0 for top-level.</param>
    /// <param name="at">Now: from this moment readers see it.</param>
    public void GiveNumber(Comment? parent, int top, int reply, DateTimeOffset at)
    {
        if (Number is not null) throw new InvalidOperationException("A number is given once.");
        if (parent is null != (reply == 0)) throw new ArgumentException("Only a top-level comment has no reply number.", nameof(reply));
        (Number, Reply) = (top, reply);
        (Depth, Path) = parent is null ? (0, ThreadPath.Root) : (parent.Depth + 1, ThreadPath.Below(parent.Path!, reply));
        ShownParentId = parent?.Id;
        ShownAt = at;
    }

    /// <summary>Its author's better words.</summary>
    /// <param name="body">1 to <see cref="MaxLength"/> UTF-16 code units, as <see cref="CommentDraft.Read"/> gives them.</param>
    /// <param name="screening">What each check said of them, as JSON; null where none did.</param>
    public void Edit(string body, SafeHtml html, string? screening, DateTimeOffset at)
    {
        Screening = screening;
        (Body, BodyHash, BodyHtml, BodyVersion) = (body, HashOf(body), html.Value, CommentText.RendererVersion);
        EditedAt = at;
    }

    /// <summary>Puts it on top of the discussion, or takes it from there.</summary>
    /// <param name="at">Null takes it away.</param>
    public void Feature(DateTimeOffset? at) => FeaturedAt = at;

    /// <summary>A check has spoken late.</summary>
    /// <param name="screening">What each check said, as JSON.</param>
    public void Screen(string? screening) => Screening = screening;

    /// <summary>A moderator's or a check's decision. A number once given stays.</summary>
    public void Stand(Standing standing) => Standing = standing;

    private static long HashOf(string body) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    /// <summary>A name as long as fits.</summary>
    public static string Fit(string name) => Cut(name, MaxAuthorLength);

    private static string Cut(string text, int max) => text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
}

/// <summary>Where a comment came from, as the server saw it.</summary>
/// <param name="AtLocal">The same moment in the publication's zone.</param>
public sealed record CommentOrigin(long? PersonId, string Ip, string UserAgent, DateTimeOffset At, DateTime AtLocal);

/// <summary>A comment read from another system's export.</summary>
/// <param name="OldId">The original id where <paramref name="Id"/> had to differ; else null.</param>
public sealed record ImportedComment(
    long Id, long ArticleId, long? ParentId, CommentKind Kind, Standing Standing, long? PersonId, string AuthorName, string AuthorEmail, string AuthorUrl,
    string AuthorIp, DateTimeOffset At, DateTime AtLocal, string Body, SafeHtml Html, long? OldId);

/// <summary>The place of an imported comment in its thread, worked out for all comments of an article together (<see cref="ThreadPlan"/>).</summary>
/// <param name="ShownParentId">The nearest ancestor with a number; null at the top.</param>
/// <param name="LastReply">For a top-level comment: the last reply number given below it.</param>
/// <param name="ShownReplies">Direct replies that are shown.</param>
public sealed record ThreadPlace(int Number, int Reply, int Depth, string Path, long? ShownParentId, int LastReply, int ShownReplies);
