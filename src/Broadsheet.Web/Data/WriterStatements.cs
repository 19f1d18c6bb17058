using System.Globalization;
using System.Text;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Data;

/// <summary>
/// What is looked up of a comment's writer and words before it is judged, in words that both databases understand: these stay prepared, where EF would
/// work out each of them anew, and SQLite plan them anew (four fifths of what a comment cost).
/// </summary>
internal sealed class WriterStatements
{
    /// <summary>The first number of a row of <see cref="Record"/>.</summary>
    public const int OfHistory = 0, OfMailbox = 1, OfBan = 2;

    private const int KeysTogether = 32;

    private readonly StringBuilder _sql = new(2_000);
    private readonly List<object?> _values = [];

    /// <summary>How many of the writer's comments stand where, by person or by name and address together: <see cref="OfHistory"/>, standing, 1 for lately, count. The same of their mailbox: <see cref="OfMailbox"/>. And the bans that match: <see cref="OfBan"/>, id.</summary>
    /// <param name="mailbox">See <see cref="PrintLedger.WriterOf"/>; null where it is not looked at.</param>
    /// <param name="since">What is later is lately.</param>
    /// <param name="except">A comment that does not count; 0 for none.</param>
    public static Statement Record(CommentDraft draft, CommentOrigin origin, long? mailbox, DateTimeOffset since, long except)
    {
        var made = new WriterStatements();
        made.Bans(BanTarget.KeysOf(origin.PersonId, draft.AuthorEmail, origin.Ip), origin.At);
        var email = draft.AuthorEmail.ToLowerInvariant();
        if (origin.PersonId is not null || email.Length > 0) made.History(origin.PersonId, email, draft.AuthorName, since, except);
        if (mailbox is { } writer) made.Mailbox(writer, since, except);
        return made.Done();
    }

    /// <summary>Comments whose words are perhaps nearly these, the latest first: id, signatures, standing, person, mailbox. The latest of each band, so that a flood of one text costs no more than its newest.</summary>
    public static Statement Copies(TextPrint print, DateTimeOffset since, long except)
    {
        var made = new WriterStatements();
        made._sql.Append("SELECT c.id, p.first, p.second, c.standing, c.person_id, p.writer FROM (");
        var bands = (ReadOnlySpan<long>)[print.Band1, print.Band2, print.Band3, print.Band4];
        for (var i = 0; i < bands.Length; i++)
        {
            made._sql.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : " UNION ")}SELECT comment_id FROM (SELECT comment_id FROM comment_prints WHERE band{i + 1} = ").Append(made.Value(bands[i]))
                .Append(" AND comment_id <> ").Append(made.Value(except)).Append(CultureInfo.InvariantCulture, $" ORDER BY comment_id DESC LIMIT {EarlierCopy.Most}) AS band{i + 1}");
        }
        made._sql.Append(") AS found JOIN comment_prints AS p ON p.comment_id = found.comment_id JOIN comments AS c ON c.id = found.comment_id WHERE c.at > ").Append(made.Value(since)).Append(" ORDER BY c.id DESC");
        return made.Done();
    }

    private void Bans(List<string> keys, DateTimeOffset now)
    {
        _sql.Append(CultureInfo.InvariantCulture, $"SELECT {OfBan} AS what, b.id AS a, 0 AS b, 0 AS c FROM bans AS b WHERE b.lifted_at IS NULL AND (b.until IS NULL OR b.until > ").Append(Value(now)).Append(") AND b.key IN (");
        // As many in each statement, more or less: whoever writes chooses how many labels their domain has, and each other statement would stay prepared.
        while (keys.Count % KeysTogether != 0 || keys.Count == 0) keys.Add("");
        for (var i = 0; i < keys.Count; i++) _sql.Append(i == 0 ? "" : ", ").Append(Value(keys[i]));
        _sql.Append(')');
    }

    /// <summary>Taken back is not rejected.</summary>
    private void History(long? personId, string email, string name, DateTimeOffset since, long except)
    {
        _sql.Append(CultureInfo.InvariantCulture, $" UNION ALL SELECT {OfHistory}, own.standing, own.lately, COUNT(*) FROM (SELECT c.standing, CASE WHEN c.at > ").Append(Value(since)).Append(" THEN 1 ELSE 0 END AS lately FROM comments AS c WHERE ");
        if (personId is { } person) _sql.Append("c.person_id = ").Append(Value(person));
        else _sql.Append("c.email_folded = ").Append(Value(email)).Append(" AND c.author_name = ").Append(Value(name)).Append(" AND c.person_id IS NULL");
        _sql.Append(" AND c.id <> ").Append(Value(except)).Append(CultureInfo.InvariantCulture, $" AND (c.standing <> {(int)Standing.Trashed} OR NOT EXISTS (SELECT 1 FROM meta AS m WHERE m.owner = {(int)MetaOwner.Comment} AND m.owner_id = c.id AND m.key = '{CommentLedger.TakenBackKey}'))")
            .Append(CultureInfo.InvariantCulture, $" ORDER BY c.at DESC LIMIT {WriterHistory.Most}) AS own GROUP BY own.standing, own.lately");
    }

    private void Mailbox(long writer, DateTimeOffset since, long except) =>
        _sql.Append(CultureInfo.InvariantCulture, $" UNION ALL SELECT {OfMailbox}, c.standing, CASE WHEN c.at > ").Append(Value(since)).Append(" THEN 1 ELSE 0 END, COUNT(*) FROM (SELECT comment_id FROM comment_prints WHERE writer = ").Append(Value(writer))
            .Append(" AND comment_id <> ").Append(Value(except)).Append(CultureInfo.InvariantCulture, $" ORDER BY comment_id DESC LIMIT {WriterHistory.Most}) AS p JOIN comments AS c ON c.id = p.comment_id GROUP BY 2, 3");

    private string Value(object? value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${_values.Count}");
    }

    private Statement Done() => new(_sql.ToString(), [.. _values]);
}
