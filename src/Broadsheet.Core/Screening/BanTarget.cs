using System.Globalization;
using System.Net;

namespace Broadsheet.Core.Screening;

/// <summary>What a ban is on, and the key under which it is found again: a writer has few keys, so that however many bans there are, only those that match are read.</summary>
/// <param name="Value">For people to read.</param>
public sealed record BanTarget(BanKind Kind, string Value, string Key)
{
    /// <summary>The widest network: a typing error must not lock out a continent.</summary>
    public const int WidestV4 = 8;

    /// <summary>The same of IPv6.</summary>
    public const int WidestV6 = 16;

    public const int MaxLength = 254;

    /// <param name="text">A person's number, an address, a domain, a network such as <c>203.0.113.0/24</c>.</param>
    public static Outcome<BanTarget> Read(BanKind kind, string text)
    {
        text = text.Trim();
        if (text.Length > MaxLength) return Wrong($"This is too long: up to {MaxLength} characters fit.");
        switch (kind)
        {
            case BanKind.Person:
                return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? new BanTarget(kind, text, OfPerson(id)) : Wrong("Give the number of a person.");
            case BanKind.Email:
                var email = EmailIdentity.Of(text);
                return email.Length > 0 ? new BanTarget(kind, text, $"email:{email}") : Wrong("Give an e-mail address, such as ann@example.org.");
            case BanKind.EmailDomain:
                var domain = DomainName.Read(text.TrimStart('@'));
                return domain is not null ? new BanTarget(kind, domain, $"domain:{domain}") : Wrong("Give a domain, such as example.org.");
            default:
                return Network(text);
        }
    }

    /// <summary>The keys of all bans that would match this writer.</summary>
    /// <param name="email">Empty for none.</param>
    public static List<string> KeysOf(long? personId, string email, string ip)
    {
        var keys = new List<string>(48);
        if (personId is { } id) keys.Add(OfPerson(id));
        if (EmailIdentity.Of(email) is { Length: > 0 } address)
        {
            keys.Add($"email:{address}");
            foreach (var domain in DomainName.WithParents(address[(address.LastIndexOf('@') + 1)..])) keys.Add($"domain:{domain}");
        }
        if (!IPAddress.TryParse(ip, out var from)) return keys;
        if (from.IsIPv4MappedToIPv6) from = from.MapToIPv4();
        var bytes = from.GetAddressBytes();
        for (var length = bytes.Length == 4 ? WidestV4 : WidestV6; length <= bytes.Length * 8; length++) keys.Add(OfNetwork(bytes, length));
        return keys;
    }

    private static Outcome<BanTarget> Network(string text)
    {
        if (!IPNetwork.TryParse(text, out var network))
        {
            if (!IPAddress.TryParse(text, out var address)) return Wrong("Give a network address such as 203.0.113.7, or a network such as 203.0.113.0/24; its last bits are zero.");
            if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }
        var bytes = network.BaseAddress.GetAddressBytes();
        var widest = bytes.Length == 4 ? WidestV4 : WidestV6;
        if (network.PrefixLength < widest) return Wrong($"This network is too wide: /{widest} at most.");
        return new BanTarget(BanKind.Network, network.PrefixLength == bytes.Length * 8 ? network.BaseAddress.ToString() : network.ToString(), OfNetwork(bytes, network.PrefixLength));
    }

    private static string OfPerson(long id) => string.Create(CultureInfo.InvariantCulture, $"person:{id}");

    private static string OfNetwork(ReadOnlySpan<byte> address, int length)
    {
        Span<byte> masked = stackalloc byte[16];
        masked = masked[..address.Length];
        address.CopyTo(masked);
        for (var i = 0; i < masked.Length; i++)
            if (length - i * 8 is var bits and < 8) masked[i] &= bits <= 0 ? (byte)0 : (byte)(0xFF << (8 - bits));
        return string.Create(CultureInfo.InvariantCulture, $"network:{Convert.ToHexStringLower(masked)}/{length}");
    }

    private static Problem Wrong(string message) => new("value", message);
}
