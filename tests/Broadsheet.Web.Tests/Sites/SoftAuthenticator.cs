using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>A passkey in memory: answers the two questions of WebAuthn as a device would, or as one that lies.</summary>
public sealed class SoftAuthenticator(Uri site) : IDisposable
{
    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte HasKey = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    private string _user = "";

    public string Origin { get; set; } = site.GetLeftPart(UriPartial.Authority);

    public string Host { get; set; } = site.Host;

    public bool RecognisesOwner { get; set; } = true;

    /// <summary>0: it does not count.</summary>
    public uint Count { get; set; }

    public string Make(string options)
    {
        using var asked = JsonDocument.Parse(options);
        _user = asked.RootElement.GetProperty("user").GetProperty("id").GetString()!;
        var point = _key.ExportParameters(false).Q;
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data = [.. Data(HasKey), .. new byte[16], 0, (byte)_id.Length, .. _id, .. cose];
        byte[] attestation = [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data];
        return Answer(new { clientDataJSON = Of(ClientData("webauthn.create", asked)), attestationObject = Of(attestation), transports = new[] { "internal" } });
    }

    public string Use(string options)
    {
        using var asked = JsonDocument.Parse(options);
        if (Count > 0) Count++;
        var (client, data) = (ClientData("webauthn.get", asked), Data(0));
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new { clientDataJSON = Of(client), authenticatorData = Of(data), signature = Of(signature), userHandle = _user });
    }

    public void Dispose() => _key.Dispose();

    private byte[] ClientData(string type, JsonDocument asked) =>
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { type, challenge = asked.RootElement.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false }));

    private byte[] Data(byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Host)), (byte)(UserPresent | flags | (RecognisesOwner ? UserVerified : 0)), .. count];
    }

    private string Answer(object response) => JsonSerializer.Serialize(new { id = Of(_id), rawId = Of(_id), type = "public-key", clientExtensionResults = new { }, response });

    private static string Of(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
