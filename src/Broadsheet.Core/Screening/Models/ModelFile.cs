using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Broadsheet.Core.Screening.Models;

/// <summary>
/// A model as a file of <see cref="Size"/> bytes, little-endian: <c>BSTM</c>, version (2 bytes), kind (2), how many weights (4), threshold (4, single),
/// the weights (2 each, half precision), and the SHA-256 of all that.
/// </summary>
public static class ModelFile
{
    /// <summary>Changes with the file's form and with what its slots mean: a model of another version is refused.</summary>
    public const int Version = 1;

    private const int Header = 16;

    /// <summary>Of every file, in bytes.</summary>
    public const int Size = Header + (FeatureSlots.Base * 2) + SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Mark => "BSTM"u8;

    /// <exception cref="DamagedModelException">It is no model of this kind and version, or not as it was written.</exception>
    public static TextModel Read(Stream stream, ModelKind kind)
    {
        var file = new byte[Size + 1];
        var length = stream.ReadAtLeast(file, file.Length, throwOnEndOfStream: false);
        var body = file.AsSpan(0, Size - SHA256.HashSizeInBytes);
        if (length < Header || !body[..4].SequenceEqual(Mark)) throw new DamagedModelException("it is not a model file");
        if (BinaryPrimitives.ReadUInt16LittleEndian(body[4..]) is var version && version != Version) throw new DamagedModelException($"it is of version {version}, and this program reads version {Version}");
        if (length != Size) throw new DamagedModelException(length < Size ? "it is cut short" : "it is longer than a model is");
        if (!SHA256.HashData(body).AsSpan().SequenceEqual(file.AsSpan(body.Length, SHA256.HashSizeInBytes))) throw new DamagedModelException("its checksum does not fit: it was damaged or changed");
        if (BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) is var found && found != (int)kind) throw new DamagedModelException($"it is a model of kind {found}, not {(int)kind}");
        if (BinaryPrimitives.ReadInt32LittleEndian(body[8..]) != FeatureSlots.Base) throw new DamagedModelException("it has another number of weights");
        var threshold = BinaryPrimitives.ReadSingleLittleEndian(body[12..]);
        if (threshold is not (> 0 and < 1)) throw new DamagedModelException("its threshold is not between 0 and 1");
        var weights = new float[FeatureSlots.Base];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(body[(Header + (i * 2))..]);
            if (!float.IsFinite(weights[i])) throw new DamagedModelException("one of its weights is not a number");
        }
        return new TextModel(kind, weights, threshold);
    }

    public static void Write(TextModel model, Stream stream)
    {
        var file = new byte[Size];
        Mark.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(4), Version);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(6), (ushort)model.Kind);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), FeatureSlots.Base);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(12), (float)model.Threshold);
        for (var i = 0; i < FeatureSlots.Base; i++) BinaryPrimitives.WriteHalfLittleEndian(file.AsSpan(Header + (i * 2)), (Half)model.Weights[i]);
        var body = file.AsSpan(0, Size - SHA256.HashSizeInBytes);
        SHA256.HashData(body, file.AsSpan(body.Length));
        stream.Write(file);
    }
}
