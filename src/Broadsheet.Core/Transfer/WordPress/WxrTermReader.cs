namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>Reads <c>wp:author</c>, <c>wp:category</c>, <c>wp:tag</c> and <c>wp:term</c> of the channel.</summary>
internal static class WxrTermReader
{
    public static bool Reads(string localName) => localName is "author" or "category" or "tag" or "term";

    /// <returns>The record, or a <see cref="WxrSkip"/> when nothing names it.</returns>
    public static WxrRecord Read(WxrCursor cursor, Queue<WxrRecord> notes)
    {
        var (line, kind) = (cursor.Line, cursor.LocalName);
        var fields = new WxrFields(notes);
        var depth = cursor.Depth;
        if (cursor.Enter())
        {
            while (cursor.NextChild(depth))
            {
                if (cursor.Is(WxrSpace.WordPress, "termmeta")) WxrMetaReader.Read(cursor, fields, notes);
                else WxrMetaReader.ReadField(cursor, fields);
            }
        }

        return kind switch
        {
            "author" => Author(line, fields),
            "category" => Category(line, fields),
            "tag" => Tag(line, fields),
            _ => Term(line, fields),
        };
    }

    private static WxrRecord Author(int line, WxrFields fields)
    {
        var author = new WxrAuthor(line)
        {
            Id = fields.Id("author_id"),
            Login = fields.Word("author_login"),
            Email = fields.Word("author_email"),
            DisplayName = fields.Word("author_display_name"),
            FirstName = fields.Word("author_first_name"),
            LastName = fields.Word("author_last_name"),
        };
        return author.Login.Length == 0 && author.Email.Length == 0 && author.DisplayName.Length == 0
            ? new WxrSkip(line, "author", "it has neither a login nor an address nor a name")
            : author;
    }

    private static WxrRecord Category(int line, WxrFields fields)
    {
        var category = new WxrCategory(line)
        {
            Id = fields.Id("term_id"),
            Slug = fields.Word("category_nicename"),
            ParentSlug = fields.Word("category_parent"),
            Name = fields.Word("cat_name"),
            Description = fields.Text("category_description"),
            Meta = fields.Meta,
        };
        return Nameless(category.Slug, category.Name) ? NamelessSkip(line, "category") : category;
    }

    private static WxrRecord Tag(int line, WxrFields fields)
    {
        var tag = new WxrTag(line)
        {
            Id = fields.Id("term_id"),
            Slug = fields.Word("tag_slug"),
            Name = fields.Word("tag_name"),
            Description = fields.Text("tag_description"),
            Meta = fields.Meta,
        };
        return Nameless(tag.Slug, tag.Name) ? NamelessSkip(line, "tag") : tag;
    }

    private static WxrRecord Term(int line, WxrFields fields)
    {
        var term = new WxrTerm(line)
        {
            Id = fields.Id("term_id"),
            Taxonomy = fields.Word("term_taxonomy"),
            Slug = fields.Word("term_slug"),
            ParentSlug = fields.Word("term_parent"),
            Name = fields.Word("term_name"),
            Description = fields.Text("term_description"),
            Meta = fields.Meta,
        };
        return Nameless(term.Slug, term.Name) ? NamelessSkip(line, "term") : term;
    }

    private static bool Nameless(string slug, string name) => slug.Length == 0 && name.Length == 0;

    private static WxrSkip NamelessSkip(int line, string kind) => new(line, kind, "it has neither a name nor a slug");
}
