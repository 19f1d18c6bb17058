using Broadsheet.Core.Screening.Models;
using CsCheck;

namespace Broadsheet.Core.Tests.Screening.Models;

public sealed class ModelFileTests
{
    private static readonly byte[] Whole = BaseModel.Bytes("spam");

    [Fact]
    public void A_model_is_written_as_it_was_read_and_stays_small()
    {
        using var again = new MemoryStream();
        ModelFile.Write(BaseModel.Spam, again);

        Assert.Equal(Whole, again.ToArray());
        Assert.InRange(Whole.Length, 1, 1_500_000);
    }

    [Theory]
    [InlineData(0, "it is not a model file")]
    [InlineData(4, "it is of version")]
    [InlineData(6, "its checksum does not fit")]
    [InlineData(5_000, "its checksum does not fit")]
    public void A_changed_byte_is_refused_with_the_reason(int at, string reason)
    {
        var bytes = (byte[])Whole.Clone();
        bytes[at] ^= 0x40;

        Assert.Contains(reason, Assert.Throws<DamagedModelException>(() => Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_the_other_kind_is_refused() =>
        Assert.Contains("kind", Assert.Throws<DamagedModelException>(() => ModelFile.Read(new MemoryStream(Whole), ModelKind.Toxicity)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_damaged_file_is_refused_and_nothing_else_is_thrown() =>
        Gen.Select(Gen.OneOf(Gen.Const(Whole.Length), Gen.Int[0, Whole.Length + 40]), Gen.Int[0, Whole.Length - 1].Array[1, 4], Gen.Byte[1, 255]).Sample((length, places, bits) =>
        {
            var bytes = new byte[length];
            Whole.AsSpan(0, Math.Min(length, Whole.Length)).CopyTo(bytes);
            foreach (var place in places.Distinct().Where(p => p < length)) bytes[place] ^= bits;
            Assert.Throws<DamagedModelException>(() => Read(bytes));
        }, iter: 300);

    [Fact]
    public void Anything_else_is_refused() => Gen.Byte.Array[0, 400].Sample(bytes => Assert.Throws<DamagedModelException>(() => Read(bytes)), iter: 1_000);

    [Fact]
    public void An_endless_file_is_refused_in_bounded_memory() =>
        Assert.Contains("longer", Assert.Throws<DamagedModelException>(() => ModelFile.Read(new Endless(Whole), ModelKind.Spam)).Message, StringComparison.Ordinal);

    private static TextModel Read(byte[] bytes) => ModelFile.Read(new MemoryStream(bytes), ModelKind.Spam);

    private sealed class Endless(byte[] begins) : MemoryStream
    {
        private long _at;

        public override int Read(Span<byte> buffer)
        {
            for (var i = 0; i < buffer.Length; i++) buffer[i] = _at < begins.Length ? begins[_at++] : (byte)0;
            return buffer.Length;
        }
    }
}
