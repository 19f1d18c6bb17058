namespace Broadsheet.Benchmarks.Seeding.Content;

/// <summary>As rows of a freshly installed WordPress, whose sample content they take the place of. Publicly documented tables (Codex, <i>Database Description</i>).</summary>
internal static class WordPressContent
{
    public static void Write(SeedContent content, TextWriter sql)
    {
        sql.Write("TRUNCATE wp_posts; TRUNCATE wp_postmeta; TRUNCATE wp_comments; TRUNCATE wp_commentmeta; TRUNCATE wp_terms; TRUNCATE wp_term_taxonomy; TRUNCATE wp_term_relationships;\n");
        Terms(content, sql);
        var posts = new SqlRows(sql, "wp_posts", "ID,post_author,post_date,post_date_gmt,post_content,post_title,post_excerpt,post_status,comment_status,ping_status,post_name,to_ping,pinged,post_modified,post_modified_gmt,post_content_filtered,guid,post_type,comment_count");
        foreach (var article in content.All())
        {
            var body = string.Concat(article.Paragraphs.Select(p => $"<!-- wp:paragraph -->\n<p>{p}</p>\n<!-- /wp:paragraph -->\n\n"));
            posts.Add(article.Id, 1, article.At, article.At, body, article.Title, "", "publish", "open", "closed", article.Slug, "", "", article.At, article.At, "", $"http://measured.example/?p={article.Id}", "post", content.CommentsOf(article.Id));
        }
        posts.End();
        var comments = new SqlRows(sql, "wp_comments", "comment_ID,comment_post_ID,comment_author,comment_author_email,comment_author_url,comment_author_IP,comment_date,comment_date_gmt,comment_content,comment_approved,comment_agent,comment_type,comment_parent");
        foreach (var comment in content.All().SelectMany(content.CommentsUnder))
            comments.Add(comment.Id, comment.Article, SeedContent.ReaderName(comment.Reader), SeedContent.ReaderMail(comment.Reader), "", "198.51.100.7", comment.At, comment.At, comment.Text, "1", "", "comment", comment.Parent);
        comments.End();
    }

    private static void Terms(SeedContent content, TextWriter sql)
    {
        var terms = new SqlRows(sql, "wp_terms", "term_id,name,slug");
        for (var i = 0; i < SeedContent.Categories; i++) terms.Add(IdOfCategory(i), SeedContent.CategoryName(i), SeedContent.CategorySlug(i));
        for (var i = 0; i < SeedContent.Tags; i++) terms.Add(IdOfTag(i), SeedContent.TagName(i), SeedContent.TagSlug(i));
        terms.End();
        var all = content.All().ToList();
        var taxonomy = new SqlRows(sql, "wp_term_taxonomy", "term_taxonomy_id,term_id,taxonomy,description,parent,count");
        for (var i = 0; i < SeedContent.Categories; i++) taxonomy.Add(IdOfCategory(i), IdOfCategory(i), "category", "", 0, all.Count(a => a.Category == i));
        for (var i = 0; i < SeedContent.Tags; i++) taxonomy.Add(IdOfTag(i), IdOfTag(i), "post_tag", "", 0, all.Count(a => a.Tags.Contains(i)));
        taxonomy.End();
        var relations = new SqlRows(sql, "wp_term_relationships", "object_id,term_taxonomy_id");
        foreach (var article in all)
        {
            relations.Add(article.Id, IdOfCategory(article.Category));
            foreach (var tag in article.Tags) relations.Add(article.Id, IdOfTag(tag));
        }
        relations.End();
    }

    private static int IdOfCategory(int category) => 1 + category;

    private static int IdOfTag(int tag) => 1 + SeedContent.Categories + tag;
}
