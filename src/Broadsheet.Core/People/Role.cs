namespace Broadsheet.Core.People;

/// <summary>What a person may do here. Later roles include nothing by order: see <see cref="Permissions"/>.</summary>
public enum Role
{
    Reader = 0,
    Contributor = 1,
    Author = 2,
    Editor = 3,
    Moderator = 4,
    Administrator = 5,
}

public enum Permission
{
    /// <summary>Open the newsroom and write drafts of one's own.</summary>
    WriteDrafts,
    PublishOwn,
    EditAny,
    UploadMedia,
    Moderate,
    ManageTerms,

    /// <summary>Choose the outlets whose stories come in, and republish them within their terms.</summary>
    Curate,
    ManagePeople,
    ChangeSettings,
}

/// <summary>The one table of who may do what.</summary>
public static class Permissions
{
    private static readonly Permission[][] Table =
    [
        [],
        [Permission.WriteDrafts],
        [Permission.WriteDrafts, Permission.PublishOwn, Permission.UploadMedia],
        [Permission.WriteDrafts, Permission.PublishOwn, Permission.UploadMedia, Permission.EditAny, Permission.Moderate, Permission.ManageTerms, Permission.Curate],
        [Permission.Moderate],
        Enum.GetValues<Permission>(),
    ];

    public static bool May(this Role role, Permission permission) => Array.IndexOf(Table[(int)role], permission) >= 0;

    /// <summary>Has a desk in the newsroom.</summary>
    public static bool IsStaff(this Role role) => role != Role.Reader;

    public static Role? Parse(string? name) => Enum.TryParse<Role>(name, ignoreCase: true, out var role) && Enum.IsDefined(role) ? role
        : name?.ToLowerInvariant() switch { "subscriber" => Role.Reader, "admin" => Role.Administrator, _ => null };
}
