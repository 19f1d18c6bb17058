using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Broadsheet.Web.Tests.Features.Stats;

/// <summary>Writes a small database of networks in MaxMind's format (MaxMind DB File Format Specification 2.0): IPv4, records of 24 bits.</summary>
internal static class CountryFile
{
    public static byte[] Of(params IEnumerable<(string Network, string Country)> networks)
    {
        var nodes = new List<int[]> { new int[2] };
        var data = new MemoryStream();
        foreach (var (network, country) in networks)
        {
            var parsed = IPNetwork.Parse(network);
            var bits = BinaryPrimitives.ReadUInt32BigEndian(parsed.BaseAddress.GetAddressBytes());
            var at = 0;
            for (var depth = 0; depth < parsed.PrefixLength; depth++)
            {
                var side = (int)(bits >> (31 - depth)) & 1;
                if (depth == parsed.PrefixLength - 1) nodes[at][side] = -1 - (int)data.Length;
                else if (nodes[at][side] == 0)
                {
                    nodes.Add(new int[2]);
                    nodes[at][side] = nodes.Count - 1;
                }
                at = Math.Max(nodes[at][side], 0);
            }
            Map(data, ("country", m => Map(m, ("iso_code", c => Text(c, country)))));
        }
        var file = new MemoryStream();
        foreach (var record in nodes.SelectMany(n => n))
        {
            // Nothing there: the number of nodes; data: that, the 16 bytes between, and where it begins.
            var value = record == 0 ? nodes.Count : record > 0 ? record : nodes.Count + 16 + (-1 - record);
            file.Write([(byte)(value >> 16), (byte)(value >> 8), (byte)value]);
        }
        file.Write(new byte[16]);
        data.WriteTo(file);
        file.Write([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        Map(file, ("node_count", m => Number(m, 6, nodes.Count)), ("record_size", m => Number(m, 5, 24)), ("ip_version", m => Number(m, 5, 4)), ("database_type", m => Text(m, "Test-Country")),
            ("languages", m => m.Write([0, 4])), ("binary_format_major_version", m => Number(m, 5, 2)), ("binary_format_minor_version", m => Number(m, 5, 0)), ("build_epoch", m => m.Write([1, 2, 1])), ("description", m => Map(m)));
        return file.ToArray();
    }

    private static void Map(Stream to, params (string Key, Action<Stream> Value)[] pairs)
    {
        to.WriteByte((byte)(7 << 5 | pairs.Length));
        foreach (var (key, value) in pairs)
        {
            Text(to, key);
            value(to);
        }
    }

    private static void Text(Stream to, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        to.WriteByte((byte)(2 << 5 | (bytes.Length < 29 ? bytes.Length : 29)));
        if (bytes.Length >= 29) to.WriteByte((byte)(bytes.Length - 29));
        to.Write(bytes);
    }

    private static void Number(Stream to, int type, int value) => to.Write([(byte)(type << 5 | 2), (byte)(value >> 8), (byte)value]);
}
