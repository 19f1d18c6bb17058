using System.Text.Json.Serialization;
using Broadsheet.Core.Transfer.WordPress;

namespace Broadsheet.Web.Features.Transfer;

/// <summary>The steps of an import, in their order.</summary>
internal enum ImportPhase
{
    Names,

    /// <summary>Before the articles, so that each is rendered with its media known.</summary>
    Attachments,
    Articles,
    PagePaths,
    Media,
    Rendering,
    Done,
}

/// <summary>How many of one kind an import has met.</summary>
internal sealed class KindCount
{
    public long Read { get; set; }
    public long Written { get; set; }

    /// <summary>Already here, from an earlier import of the same source.</summary>
    public long Present { get; set; }
    public long Skipped { get; set; }
}

/// <summary>
/// Where an import stands and what it has done so far: written in the transaction of each piece of its work, so that one which was
/// stopped at any moment goes on as if it had not been.
/// </summary>
internal sealed class ImportProgress
{
    public ImportPhase Phase { get; set; }

    /// <summary>The item (from 1, in the file's order), name or id that was written last in this phase.</summary>
    public long Item { get; set; }

    /// <summary><see cref="Item"/> is written whole; else <see cref="ItemComments"/> of its comments are.</summary>
    public bool IsItemDone { get; set; }
    public long ItemComments { get; set; }

    public KindCount Posts { get; set; } = new();
    public KindCount Pages { get; set; } = new();
    public KindCount Attachments { get; set; } = new();
    public KindCount Other { get; set; } = new();
    public KindCount Comments { get; set; } = new();
    public KindCount Categories { get; set; } = new();
    public KindCount Tags { get; set; } = new();
    public KindCount Terms { get; set; } = new();
    public KindCount Authors { get; set; } = new();
    public long CreditLines { get; set; }

    /// <summary>Places in bodies that show a placeholder for a file that is not here.</summary>
    public long MissingMedia { get; set; }
    public long MissingParents { get; set; }
    public long Circles { get; set; }
    public long MappedIds { get; set; }

    /// <summary>Terms and authors that only items name.</summary>
    public long ImpliedNames { get; set; }
    public long MediaStored { get; set; }
    public long MediaFailed { get; set; }

    /// <summary>Over all runs of this import.</summary>
    public double Seconds { get; set; }

    public KindCount Of(WxrItemKind kind) => kind switch { WxrItemKind.Post => Posts, WxrItemKind.Page => Pages, WxrItemKind.Attachment => Attachments, _ => Other };

    /// <summary>What the file holds.</summary>
    public void Total(WxrSurvey survey)
    {
        (Posts.Read, Pages.Read, Attachments.Read, Other.Read) = (survey.Posts, survey.Pages, survey.Attachments, survey.Other);
        (Comments.Read, Categories.Read, Tags.Read, Terms.Read, Authors.Read) = (survey.Comments, survey.Categories, survey.Tags, survey.Terms, survey.Authors);
    }

    public void Enter(ImportPhase phase) => (Phase, Item, IsItemDone, ItemComments) = (phase, 0, true, 0);

    public void Finish(long item) => (Item, IsItemDone, ItemComments) = (item, true, 0);

    public void Reach(long item, long comments) => (Item, IsItemDone, ItemComments) = (item, false, comments);
}

[JsonSerializable(typeof(ImportProgress))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class ImportProgressJson : JsonSerializerContext;
