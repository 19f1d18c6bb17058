using System.Globalization;
using System.Text;
using Broadsheet.Core.Transfer.WordPress;
using CsCheck;

namespace Broadsheet.Core.Tests.Transfer.WordPress;

public sealed class PhpSerializedTests
{
    [Fact]
    public void Every_kind_of_value_is_read()
    {
        var value = PhpSerialized.Read("a:7:{s:1:\"t\";s:5:\"Möwe\";s:1:\"i\";i:-42;s:1:\"f\";d:1.5;s:1:\"b\";b:1;s:1:\"n\";N;i:3;a:0:{}s:1:\"o\";O:8:\"stdClass\":1:{s:4:\"\0*\0k\";s:1:\"v\";}}")!;
        Assert.Equal("Möwe", value["t"]!.Text);
        Assert.Equal(-42, value["i"]!.Integer);
        Assert.Equal(1.5, value["f"]!.Number);
        Assert.True(value["b"]!.Boolean);
        Assert.Equal(PhpKind.Null, value["n"]!.Kind);
        Assert.Equal((PhpKind.Array, 0), (value["3"]!.Kind, value["3"]!.Items.Count));
        Assert.Equal("v", value["o"]!["k"]!.Text);
        Assert.Null(value["absent"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain words")]
    [InlineData("s:4:\"abc\";")]
    [InlineData("s:2:\"abc\";")]
    [InlineData("s:-1:\"\";")]
    [InlineData("s:99999999999:\"a\";")]
    [InlineData("a:2:{i:0;i:1;}")]
    [InlineData("a:999999999:{i:0;i:1;}")]
    [InlineData("a:1:{a:0:{}i:1;}")]
    [InlineData("i:99999999999999999999;")]
    [InlineData("i:1;x")]
    [InlineData("i:1")]
    [InlineData("C:3:\"Foo\":2:{ab}")]
    [InlineData("d:one;")]
    public void What_is_damaged_is_null(string text) => Assert.Null(PhpSerialized.Read(text));

    [Fact]
    public void A_length_may_count_returns_that_xml_took_away() =>
        Assert.Equal("a\nb\n", PhpSerialized.Read("s:6:\"a\nb\n\";")!.Text);

    [Fact]
    public void Depth_and_size_are_limited()
    {
        static string Nested(int depth) => string.Concat(Enumerable.Repeat("a:1:{i:0;", depth)) + "N;" + new string('}', depth);
        Assert.NotNull(PhpSerialized.Read(Nested(PhpSerialized.MaxDepth)));
        Assert.Null(PhpSerialized.Read(Nested(PhpSerialized.MaxDepth + 1)));
        Assert.Null(PhpSerialized.Read(Nested(100_000)));
        var big = new string('a', PhpSerialized.MaxLength);
        Assert.Null(PhpSerialized.Read($"s:{big.Length}:\"{big}\";"));
    }

    [Fact]
    public void What_is_written_is_read_back() =>
        Gen.Dictionary(Gen.String, Gen.OneOf<object>(Gen.String.Select(v => (object)v), Gen.Long.Select(v => (object)v), Gen.Bool.Select(v => (object)v))).Sample(written =>
        {
            var read = PhpSerialized.Read(Write(written))!;
            Assert.Equal(written.Count, read.Items.Count);
            foreach (var (key, value) in written)
                Assert.Equal(Valid(value), read[Valid(key)] is { } r ? r.Kind switch { PhpKind.Text => r.Text!, PhpKind.Integer => r.Integer!, _ => (object)r.Boolean! } : "absent");
        });

    [Fact]
    public void Damage_never_throws() =>
        Gen.Char["aisbdONRE:;{}\"0123456789-.\n"].Array[0, 80].Sample(chars => { PhpSerialized.Read(new string(chars)); });

    private static object Valid(object value) => value is string text ? Valid(text) : value;

    /// <summary>A lone surrogate has no UTF-8; keys that start with NUL are PHP's private names.</summary>
    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes("k" + text));

    private static string Write(Dictionary<string, object> items) =>
        string.Create(CultureInfo.InvariantCulture, $"a:{items.Count}:{{{string.Concat(items.Select(i => Write(i.Key) + Write(i.Value)))}}}");

    private static string Write(object value) => value switch
    {
        string text => string.Create(CultureInfo.InvariantCulture, $"s:{Encoding.UTF8.GetByteCount(Valid(text))}:\"{Valid(text)}\";"),
        bool flag => flag ? "b:1;" : "b:0;",
        _ => string.Create(CultureInfo.InvariantCulture, $"i:{value};"),
    };
}
