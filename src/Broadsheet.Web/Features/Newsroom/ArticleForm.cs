using System.Globalization;
using Broadsheet.Core;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>Between the editor's form and an article: reads what a browser sends, fills in what is stored, says what is wrong.</summary>
internal static class ArticleForm
{
    public static EditorPage.Form Read(IFormCollection form) => new()
    {
        Title = Line(form["title"]),
        Body = Lines(form["body"]),
        Format = Enum.TryParse<BodyFormat>(form["format"], ignoreCase: true, out var format) && Enum.IsDefined(format) ? format : BodyFormat.Markdown,
        Excerpt = Lines(form["excerpt"]),
        Slug = form["slug"].ToString().Trim(),
        Categories = [.. form["category"].Select(v => Id(v)).OfType<long>()],
        NewCategory = Line(form["new_category"]),
        NewCategoryParent = Id(form["new_category_parent"]),
        Tags = Lines(form["tags"]).Trim(),
        Image = Id(form["image"]),
        Outlet = form["outlet"].ToString(),
        OriginalUrl = form["original_url"].ToString(),
        CreditAuthor = form["credit_author"].ToString(),
        CreditDate = form["credit_date"].ToString().Trim(),
        Terms = Enum.TryParse<RepublishingTerms>(form["terms"], ignoreCase: true, out var terms) && Enum.IsDefined(terms) ? terms : RepublishingTerms.Unknown,
        Canonical = form.ContainsKey("canonical"),
        CanonicalUrl = Line(form["canonical_url"]),
        Language = Line(form["language"]),
        FocusAcross = Percent(form["focus_across"]),
        FocusDown = Percent(form["focus_down"]),
        BeyondTerms = form.ContainsKey("beyond_terms"),
        TermsReason = Line(form["terms_reason"]),
        Sticky = form.ContainsKey("sticky"),
        Protect = form["protect"].ToString(),
        CommentsOpen = form.ContainsKey("comments_open"),
        PingsOpen = form.ContainsKey("pings_open"),
        CloseAfterDays = form["close_after_days"].ToString().Trim(),
        SlowSeconds = form["slow_seconds"].ToString().Trim(),
        StaffOnly = form["staff_only"].ToString(),
        HoldFirst = form["hold_first"].ToString(),
        HoldAll = form["hold_all"].ToString(),
        HoldLinks = form["hold_links"].ToString().Trim(),
        DiscussionNote = form["discussion_note"].ToString().ReplaceLineEndings("\n").Trim(),
        Date = form["date"].ToString().Trim(),
        Author = Id(form["author"]),
        Parent = Id(form["parent"]),
        MenuOrder = form["menu_order"].ToString().Trim() is { Length: > 0 } order ? order : "0",
        Draft = Draft(form),
        Modified = form["modified"].ToString(),
        Change = Enum.TryParse<ChangeKind>(form["change"], ignoreCase: true, out var change) && Enum.IsDefined(change) ? change : ChangeKind.Small,
        ChangeNote = Line(form["change_note"]),
    };

    /// <summary>Which window's form it is; the first number where it does not say.</summary>
    public static long Draft(IFormCollection form) => Id(form["draft"]) is { } draft and <= int.MaxValue ? draft : 1;

    /// <summary>The editor again after something beside the text was done: with the words that this window had not saved.</summary>
    /// <param name="part">The place on the page, from <c>#</c>; empty for its head.</param>
    public static string AddressAgain(ArticleKind kind, long id, IFormCollection form, string part = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{(kind == ArticleKind.Page ? "/newsroom/pages/" : "/newsroom/articles/")}{id}/{(form.ContainsKey("draft") ? $"?kept={Draft(form)}" : "")}{part}");

    public static EditorPage.Form Of(Article a, IReadOnlyList<long> categories, IEnumerable<string> tags) => new()
    {
        Title = a.Title,
        Body = a.Body,
        Format = a.BodyFormat,
        Excerpt = a.Excerpt,
        Slug = a.Slug,
        Categories = categories,
        Tags = string.Join('\n', tags),
        Image = a.FeaturedImageId,
        Outlet = a.Credit?.Outlet ?? "",
        OriginalUrl = a.Credit?.OriginalUrl?.AbsoluteUri ?? "",
        CreditAuthor = a.Credit?.Author ?? "",
        CreditDate = a.Credit?.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        Terms = a.Credit?.Terms ?? RepublishingTerms.Unknown,
        Canonical = a.Credit?.CanonicalToOriginal ?? false,
        CanonicalUrl = a.Canonical ?? "",
        Language = a.Language ?? "",
        FocusAcross = a.Focus?.Across ?? 50,
        FocusDown = a.Focus?.Down ?? 50,
        Sticky = a.IsSticky,
        Protect = a.Password ?? "",
        CommentsOpen = a.CommentsOpen,
        PingsOpen = a.PingsOpen,
        CloseAfterDays = a.Discussion?.CloseAfterDays?.ToString(CultureInfo.InvariantCulture) ?? "",
        SlowSeconds = a.Discussion?.SlowSeconds?.ToString(CultureInfo.InvariantCulture) ?? "",
        StaffOnly = YesOrNo(a.Discussion?.StaffOnly),
        HoldFirst = YesOrNo(a.Discussion?.HoldFirst),
        HoldAll = YesOrNo(a.Discussion?.HoldAll),
        HoldLinks = a.Discussion?.HoldLinks?.ToString(CultureInfo.InvariantCulture) ?? "",
        DiscussionNote = a.Discussion?.Note ?? "",
        Date = DeskTime.Field(a.PublishedLocal),
        Author = a.AuthorId,
        Parent = a.ParentId,
        MenuOrder = a.MenuOrder.ToString(CultureInfo.InvariantCulture),
        Modified = Stamp(a.ModifiedAt),
    };

    public static string Stamp(DateTimeOffset modified) => modified.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>The words and what describes them; dates and standing are the deed's.</summary>
    /// <param name="problems">Gets what is wrong, by the form's field names.</param>
    public static ArticleEdit ToEdit(EditorPage.Form form, ArticleKind kind, IDictionary<string, string> problems)
    {
        if (form.Title.Length > Article.MaxTitleLength) problems["title"] = $"The headline is too long: {form.Title.Length:N0} characters; up to {Article.MaxTitleLength:N0} fit.";
        if (form.Body.Length > Sanitiser.MaxLength) problems["body"] = $"The text is too long: {form.Body.Length:N0} characters; up to {Sanitiser.MaxLength:N0} fit.";
        if (form.Change != ChangeKind.Small && form.ChangeNote.Length == 0) problems["change_note"] = "Say in a sentence what changed: readers are told.";
        if (form.ChangeNote.Length > PublishedChange.MaxNote) problems["change_note"] = $"The note is too long: {form.ChangeNote.Length:N0} characters; up to {PublishedChange.MaxNote} fit.";
        if (form.Language.Length > 0 && LanguageTag.Read(form.Language) is null) problems["language"] = LanguageTag.Wanted;
        if (form.Protect.Length > 255) problems["protect"] = "The password is too long: up to 255 characters fit.";
        if (form.NewCategory.Length > Term.MaxNameLength) problems["new_category"] = $"The name is too long: up to {Term.MaxNameLength} characters fit.";
        string[] tags = kind == ArticleKind.Article ? [.. form.Tags.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)] : [];
        if (Array.Exists(tags, t => t.Length > Term.MaxNameLength)) problems["tags"] = $"A tag is too long: up to {Term.MaxNameLength} characters fit.";
        if (tags.Length > 100) problems["tags"] = "An article has at most 100 tags.";
        if (!int.TryParse(form.MenuOrder, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var order)) problems["menu_order"] = "The order is a whole number.";
        return new ArticleEdit(form.Title.Trim(), form.Body, form.Format)
        {
            Kind = kind,
            Slug = form.Slug,
            Excerpt = form.Excerpt.Trim(),
            ParentId = form.Parent,
            MenuOrder = order,
            Categories = form.Categories,
            Tags = tags,
            Credit = Credit(form, problems),
            Canonical = Canonical(form, problems),
            Language = LanguageTag.Read(form.Language),
            FeaturedImageId = form.Image,
            Focus = FocalPoint.Of(form.FocusAcross, form.FocusDown),
            IsSticky = form.Sticky,
            Password = form.Protect.Length > 0 ? form.Protect : null,
            CommentsOpen = form.CommentsOpen,
            PingsOpen = form.PingsOpen,
            Discussion = Rules(form, problems),
            Change = form.Change,
            ChangeNote = form.ChangeNote,
        };
    }

    private static DiscussionRules? Rules(EditorPage.Form form, IDictionary<string, string> problems)
    {
        if (form.DiscussionNote.Length > DiscussionRules.MaxNote) problems["discussion_note"] = $"The note is too long: {form.DiscussionNote.Length:N0} characters; up to {DiscussionRules.MaxNote:N0} fit.";
        var rules = new DiscussionRules(
            Number(form.CloseAfterDays, "close_after_days", DiscussionRules.MaxCloseAfterDays, problems), Number(form.SlowSeconds, "slow_seconds", DiscussionRules.MaxSlowSeconds, problems), Said(form.StaffOnly), Said(form.HoldFirst),
            Said(form.HoldAll), Number(form.HoldLinks, "hold_links", DiscussionRules.MaxHoldLinks, problems))
        {
            Note = form.DiscussionNote.Length > 0 ? form.DiscussionNote : null,
        };
        return rules.IsEmpty ? null : rules;
    }

    private static int? Number(string text, string field, int most, IDictionary<string, string> problems)
    {
        if (text.Length == 0) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most) return number;
        problems[field] = $"Give a whole number from 0 to {most:N0}, or leave it empty.";
        return null;
    }

    private static Uri? Canonical(EditorPage.Form form, IDictionary<string, string> problems)
    {
        if (form.CanonicalUrl.Length == 0) return null;
        if (form.CanonicalUrl.Length <= SourceCredit.MaxUrlLength && Uri.TryCreate(form.CanonicalUrl, UriKind.Absolute, out var address) && address.Scheme is "https" or "http") return address;
        problems["canonical_url"] = "Write a whole address: https://example.org/page.";
        return null;
    }

    private static bool? Said(string text) => text switch { "yes" => true, "no" => false, _ => null };

    private static string YesOrNo(bool? said) => said switch { true => "yes", false => "no", null => "" };

    /// <summary>No credit where its fields are empty.</summary>
    private static SourceCredit? Credit(EditorPage.Form form, IDictionary<string, string> problems)
    {
        var isEmpty = new[] { form.Outlet, form.OriginalUrl, form.CreditAuthor, form.CreditDate }.All(string.IsNullOrWhiteSpace) && !form.Canonical;
        if (isEmpty) return null;
        DateOnly? date = null;
        if (form.CreditDate.Length > 0)
        {
            if (DateOnly.TryParseExact(form.CreditDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)) date = read;
            else problems["credit_date"] = "Write the date as 2020-02-20.";
        }
        var credit = SourceCredit.Create(form.Outlet, form.OriginalUrl, form.CreditAuthor, date, form.Terms, form.Canonical);
        if (credit.Problem is not { } problem) return credit.Value;
        problems[problem.Field switch { "originalUrl" => "original_url", "author" => "credit_author", "canonicalToOriginal" => "canonical", var same => same }] = problem.Message;
        return null;
    }

    private static long? Id(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;

    /// <summary>What is no number is the middle.</summary>
    private static int Percent(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent <= 100 ? percent : 50;

    /// <summary>A browser sends CRLF; stored is LF.</summary>
    private static string Lines(string? text) => (text ?? "").ReplaceLineEndings("\n");

    /// <summary>A field of one line, whatever was pasted into it.</summary>
    private static string Line(string? text) => (text ?? "").ReplaceLineEndings(" ").Trim();
}
