namespace Broadsheet.Web.Data;

/// <summary>
/// What each comment costs beside its own row, in words that both databases understand: these stay prepared, where EF would work out each of them
/// anew (a third of what a comment cost).
/// </summary>
internal static class CommentStatements
{
    /// <summary>Of the article $1: holds its counters until the work ends.</summary>
    public const string Hold = "UPDATE thread_counters SET last_number = last_number WHERE article_id = $1";

    /// <summary>Of the article $1.</summary>
    public const string NextNumber = "UPDATE thread_counters SET last_number = last_number + 1 WHERE article_id = $1 RETURNING last_number";

    /// <summary>Of the article $1, below the top-level comment $2.</summary>
    public const string NextReply = "UPDATE comments SET last_reply = last_reply + 1 WHERE article_id = $1 AND number = $2 AND reply = 0 RETURNING last_reply";

    /// <summary>By $1 comments, $2 top-level ones, $3 featured ones, of the article $4.</summary>
    public const string Count = "UPDATE thread_counters SET comments_shown = comments_shown + $1, comments_top_level = comments_top_level + $2, featured = featured + $3 WHERE article_id = $4";

    /// <summary>By $1, of the comment $2.</summary>
    public const string CountReply = "UPDATE comments SET shown_replies = shown_replies + $1 WHERE id = $2";

    /// <summary>By $1, of the article $2, below the top-level comment $3.</summary>
    public const string CountBelow = "UPDATE comments SET replies_below = replies_below + $1 WHERE article_id = $2 AND number = $3 AND reply = 0";

    /// <summary>Article $1, hash of the words $2, author $3, not standing so $4, parent $5 or 0, folded e-mail address $6 or none, words $7.</summary>
    public const string FindTwin = """
        SELECT id FROM comments WHERE article_id = $1 AND body_hash = $2 AND author_name = $3 AND standing <> $4
            AND COALESCE(parent_id, 0) = $5 AND ($6 = '' OR email_folded = $6) AND body = $7 LIMIT 1
        """;

    /// <summary>Whether since $1 something came from the network address $2, the person $3 (0: nobody known) or the folded e-mail address $4.</summary>
    public const string WroteSince = """
        SELECT 1 WHERE EXISTS (SELECT 1 FROM comments WHERE at > $1 AND author_ip = $2) OR EXISTS (SELECT 1 FROM comments WHERE at > $1 AND person_id = $3)
            OR EXISTS (SELECT 1 FROM comments WHERE at > $1 AND email_folded = $4 AND email_folded <> '')
        """;

    /// <summary>The article $1, by a subscription of the state $2.</summary>
    public const string IsFollowed = "SELECT id FROM subscriptions WHERE article_id = $1 AND state = $2 LIMIT 1";

    /// <summary>The comment $2 of the article $1 waits for the search.</summary>
    public const string Await = "INSERT INTO search_pending (article_id, comment_id) VALUES ($1, $2)";

    /// <summary>The queue $1 by $2.</summary>
    public const string CountQueue = "INSERT INTO queue_counts (queue, delta) VALUES ($1, $2)";

    /// <summary>Those that look for rows.</summary>
    public static IReadOnlyList<string> All { get; } = [Hold, NextNumber, NextReply, Count, CountReply, CountBelow, FindTwin, WroteSince, IsFollowed];
}
