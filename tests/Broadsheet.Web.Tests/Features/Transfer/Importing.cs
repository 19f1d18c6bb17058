using System.Security.Cryptography;
using System.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Transfer;
using Broadsheet.Web.Features.Transfer.WordPress;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Transfer;

/// <summary>Imports into a test's site, and reads what is there afterwards.</summary>
internal static class Importing
{
    public static async Task<ImportReport> ImportAsync(this BroadsheetSite site, ImportRequest request, Action<ImportProgress>? beforeCommit = null)
    {
        var first = FirstPass.Read(request.File, WordPressImport.OptionsOf(request), null, CancellationToken.None);
        var import = site.App.Services.GetRequiredService<WordPressImport>();
        import.BeforeCommit = beforeCommit;
        try
        {
            return await import.RunAsync(request, first, NoWatcher.Instance, CancellationToken.None);
        }
        finally
        {
            import.BeforeCommit = null;
        }
    }

    public static Task<ImportReport> ImportAsync(this BroadsheetSite site, Export export) => site.ImportAsync(new ImportRequest(export.Write(site.Folder)));

    /// <summary>Everything that an import writes, as text, in an order of its own: two databases that are the same give the same.</summary>
    public static Task<string> DumpAsync(this BroadsheetSite site) => site.ReadAsync(DumpAsync);

    public static async Task<string> DumpAsync(BroadsheetDb db)
    {
        var text = new StringBuilder();
        foreach (var a in await db.Articles.Include(a => a.Counters).OrderBy(a => a.Id).ToListAsync())
            text.AppendLine($"article {a.Id} {a.Kind} {a.PostType} {a.Status} {a.Title} {a.Slug} {a.Path} {a.ParentId} {a.AuthorId} {a.PublishedAt:O} {a.PublishedLocal:s} {a.ModifiedAt:O} {a.Guid} {a.FeaturedImageId} {a.IsSticky} {a.Password} {a.PostFormat} {a.Credit} {Hash(a.Body)} {Hash(a.BodyHtml)} {a.Summary} | {a.Counters.CommentsShown} {a.Counters.CommentsTopLevel} {a.Counters.PingsShown} {a.Counters.LastNumber}");
        foreach (var c in await db.Comments.OrderBy(c => c.Id).ToListAsync())
            text.AppendLine($"comment {c.Id} {c.ArticleId} {c.ParentId} {c.Kind} {c.Standing} {c.PersonId} {c.AuthorName} {c.AuthorEmail} {c.AuthorUrl} {c.At:O} {c.AtLocal:s} {c.Number}.{c.Reply} {c.Depth} {c.Path} {c.ShownParentId} {c.ShownReplies} {c.LastReply} {c.ImportedId} {c.Body} {Hash(c.BodyHtml)}");
        foreach (var t in await db.Terms.OrderBy(t => t.Id).ToListAsync()) text.AppendLine($"term {t.Id} {t.Taxonomy} {t.Slug} {t.Name} {t.ParentId} {t.Articles} {t.DescriptionHtml}");
        foreach (var t in await db.ArticleTerms.OrderBy(t => t.ArticleId).ThenBy(t => t.TermId).ToListAsync()) text.AppendLine($"filed {t.ArticleId} {t.TermId}");
        foreach (var m in (await db.Meta.ToListAsync()).OrderBy(m => (m.Owner, m.OwnerId, m.Key, m.Value))) text.AppendLine($"meta {m.Owner} {m.OwnerId} {m.Key} {m.Value}");
        foreach (var m in await db.Media.OrderBy(m => m.ArticleId).ToListAsync()) text.AppendLine($"media {m.ArticleId} {m.Path} {m.MimeType} {m.Alt} {m.Caption} {m.Width} {m.Height} {m.Bytes} {m.SourceUrl}");
        foreach (var m in (await db.MappedIds.ToListAsync()).OrderBy(m => (m.Kind, m.Source, m.OldId))) text.AppendLine($"mapped {m.Kind} {m.Source} {m.OldId} {m.NewId}");
        foreach (var o in (await db.OldAddresses.ToListAsync()).OrderBy(o => (o.ArticleId, o.Slug, o.Date))) text.AppendLine($"old {o.ArticleId} {o.Slug} {o.Date}");
        foreach (var p in await db.Users.OrderBy(p => p.Id).ToListAsync()) text.AppendLine($"person {p.Id} {p.UserName} {p.Email} {p.DisplayName} {p.Slug} {p.Role}");
        foreach (var s in await db.Settings.ToListAsync()) text.AppendLine($"settings {s.Json}");
        return text.ToString();
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));
}
