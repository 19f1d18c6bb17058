using System.Globalization;

namespace Broadsheet.Benchmarks.Seeding.Content;

/// <summary>
/// As rows of a freshly installed Ghost. Its readers are members, categories are tags there, and replies are one level deep: what answers a reply hangs below
/// the top-level comment, and names what it answers.
/// </summary>
internal static class GhostContent
{
    public static void Write(SeedContent content, TextWriter sql)
    {
        sql.Write("SET FOREIGN_KEY_CHECKS=0; DELETE FROM posts; DELETE FROM posts_authors; DELETE FROM posts_tags; DELETE FROM tags; DELETE FROM members; DELETE FROM comments;\n");
        Tags(sql);
        Members(sql);
        var posts = new SqlRows(sql, "posts", "id,uuid,title,slug,html,plaintext,comment_id,type,status,visibility,email_recipient_filter,created_at,updated_at,published_at");
        foreach (var a in content.All())
            posts.Add(Id('a', a.Id), Uuid('a', a.Id), a.Title, a.Slug, string.Concat(a.Paragraphs.Select(p => $"<p>{p}</p>")), string.Join("\n\n", a.Paragraphs), Id('a', a.Id), "post", "published", "public", "all", a.At, a.At, a.At);
        posts.End();
        // The owner's id is what the installation gave it.
        sql.Write("INSERT INTO posts_authors (id,post_id,author_id,sort_order) SELECT CONCAT('f', SUBSTRING(p.id, 2)), p.id, (SELECT id FROM users ORDER BY created_at LIMIT 1), 0 FROM posts p;\n");
        Tagged(content, sql);
        var comments = new SqlRows(sql, "comments", "id,post_id,member_id,parent_id,in_reply_to_id,status,html,created_at,updated_at");
        foreach (var article in content.All())
        {
            var tops = new Dictionary<int, int>();
            foreach (var c in content.CommentsUnder(article))
            {
                tops[c.Id] = c.Parent == 0 ? c.Id : tops[c.Parent];
                object parent = c.Parent == 0 ? SqlNull.Value : Id('c', tops[c.Id]), answered = c.Parent == 0 || c.Parent == tops[c.Id] ? SqlNull.Value : Id('c', c.Parent);
                comments.Add(Id('c', c.Id), Id('a', article.Id), Id('e', c.Reader), parent, answered, "published", $"<p>{c.Text}</p>", c.At, c.At);
            }
        }
        comments.End();
        sql.Write("SET FOREIGN_KEY_CHECKS=1;\n");
    }

    /// <summary>24 hexadecimal digits, as Ghost has them.</summary>
    public static string Id(char kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number:x23}");

    private static string Uuid(char kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}0000000-0000-4000-8000-{number:x12}");

    private static void Tags(TextWriter sql)
    {
        var tags = new SqlRows(sql, "tags", "id,name,slug,visibility,created_at,updated_at");
        for (var i = 0; i < SeedContent.Categories; i++) tags.Add(Id('b', i), SeedContent.CategoryName(i), SeedContent.CategorySlug(i), "public", DateTimeOffset.UnixEpoch.AddYears(40), DateTimeOffset.UnixEpoch.AddYears(40));
        for (var i = 0; i < SeedContent.Tags; i++) tags.Add(Id('d', i), SeedContent.TagName(i), SeedContent.TagSlug(i), "public", DateTimeOffset.UnixEpoch.AddYears(40), DateTimeOffset.UnixEpoch.AddYears(40));
        tags.End();
    }

    private static void Members(TextWriter sql)
    {
        var members = new SqlRows(sql, "members", "id,uuid,transient_id,email,status,name,created_at,updated_at");
        for (var i = 0; i < SeedContent.Readers; i++)
            members.Add(Id('e', i), Uuid('e', i), $"member-{i}", SeedContent.ReaderMail(i), "free", SeedContent.ReaderName(i), DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(50));
        members.End();
    }

    private static void Tagged(SeedContent content, TextWriter sql)
    {
        var rows = new SqlRows(sql, "posts_tags", "id,post_id,tag_id,sort_order");
        var number = 0;
        foreach (var article in content.All())
        {
            rows.Add(Id('9', number++), Id('a', article.Id), Id('b', article.Category), 0);
            for (var i = 0; i < article.Tags.Count; i++) rows.Add(Id('9', number++), Id('a', article.Id), Id('d', article.Tags[i]), i + 1);
        }
        rows.End();
    }
}
