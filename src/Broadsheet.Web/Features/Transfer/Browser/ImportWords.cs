namespace Broadsheet.Web.Features.Transfer.Browser;

/// <summary>How an import stands, in a few words.</summary>
internal static class ImportWords
{
    public static string Of(ImportTicket ticket) => ticket.Stand switch
    {
        ImportStand.Looking => "is looked through",
        ImportStand.Ready => "can come in",
        ImportStand.Waiting => "waits for its turn",
        ImportStand.Running => "comes in",
        ImportStand.Done => "is here",
        ImportStand.Failed when !ticket.IsRead => "could not be read",
        ImportStand.Failed => "stopped at a problem",
        _ => "was stopped",
    };

    /// <summary>What a kind of the report is called to somebody who never saw WordPress's tables.</summary>
    public static string OfKind(string kind) => kind switch
    {
        "other" => "menus, blocks, styles and other kinds",
        "terms" => "terms that are neither categories nor tags",
        "authors" => "writers",
        "attachments" => "records of pictures and files",
        _ => kind,
    };
}
