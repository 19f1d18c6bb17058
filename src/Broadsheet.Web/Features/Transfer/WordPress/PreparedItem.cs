using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>An item as rows: rendered, dated, its references resolved. What must be asked of the database in the write is left open.</summary>
/// <param name="Slug">As the file has it, or made from the title.</param>
/// <param name="Path">For attachments: their old address. For pages it is settled when all are there.</param>
/// <param name="Terms">Taxonomy, slug and name.</param>
/// <param name="Missing">Places of the body that show a placeholder.</param>
internal sealed record PreparedItem(
    WxrItem Item, ArticleKind Kind, ArticleStatus Status, DateTimeOffset? At, DateTime? Local, DateTimeOffset ModifiedAt, ArticleText Text, SourceCredit? Credit, string Slug, string? Path, long? ParentId,
    long? FeaturedImageId, string? PostFormat, string Guid, Core.Publishing.Media? Media, List<OldAddress> OldAddresses, List<Meta> Meta, List<(string Taxonomy, string Slug, string Name)> Terms, int Missing);
