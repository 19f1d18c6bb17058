namespace Broadsheet.Core.Screening;

/// <summary>Whom an e-mail address reaches, so that one mailbox counts once, however it is spelled: lower case, without what follows a plus; at Google also without dots.</summary>
public static class EmailIdentity
{
    /// <returns>Empty where it is no address.</returns>
    public static string Of(string address)
    {
        address = address.Trim().ToLowerInvariant();
        var at = address.LastIndexOf('@');
        if (at < 1 || DomainName.Read(address[(at + 1)..]) is not { } domain) return "";
        var name = address[..at];
        if (name.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus) name = name[..plus];
        if (domain is "gmail.com" or "googlemail.com") (name, domain) = (name.Replace(".", "", StringComparison.Ordinal), "gmail.com");
        return name.Length == 0 ? "" : $"{name}@{domain}";
    }

    /// <returns>Empty where it is no address.</returns>
    public static string DomainOf(string address) => Of(address) is { Length: > 0 } identity ? identity[(identity.LastIndexOf('@') + 1)..] : "";
}
