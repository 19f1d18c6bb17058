namespace Broadsheet.Web.Data.Records;

/// <summary>This publication as one Mastodon server knows it: every server is a provider of its own, and we are made known to it when its first reader comes.</summary>
internal sealed class MastodonServer
{
    /// <summary>In small ASCII letters (IDNA), with a port where it is not 443.</summary>
    public string Host { get; set; } = "";

    /// <summary>Where it sends readers back to: where the publication's address changes, it is made known anew.</summary>
    public string RedirectUri { get; set; } = "";
    public string ClientId { get; set; } = "";

    /// <summary>Sealed.</summary>
    public string ClientSecret { get; set; } = "";
    public DateTimeOffset At { get; set; }
}
