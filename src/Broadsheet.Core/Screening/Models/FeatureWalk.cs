using System.Buffers;

namespace Broadsheet.Core.Screening.Models;

/// <summary>Walks through a comment's parts and gathers their n-grams, each once; every part counts the same, however long it is.</summary>
internal sealed class FeatureWalk : IDisposable
{
    /// <summary>Of a comment, links whose n-grams are taken.</summary>
    public const int MostLinks = 6;

    private const int TextGram = 4;
    private const int PartGram = 4;

    // Open addressing over slots + 1; more n-grams than three quarters of it are left out.
    private const int Room = 8_192;

    private readonly int[] _seen = ArrayPool<int>.Shared.Rent(Room);
    private int _count;

    public FeatureWalk() => _seen.AsSpan(0, Room).Clear();

    public List<Feature> Features { get; } = new(1_024);

    public void Dispose() => ArrayPool<int>.Shared.Return(_seen);

    public void Add(Feature feature) => Features.Add(feature);

    public void Text(PartWords part)
    {
        var from = Features.Count;
        Grams(part.Folded, TextGram, FeatureKind.Text, 1);
        Scale(from, 1f);
        from = Features.Count;
        Words(part, FeatureKind.Text, 2, pairs: true);
        Scale(from, 1f);
    }

    public void Name(PartWords part)
    {
        var from = Features.Count;
        Grams($" {part.Folded} ", PartGram, FeatureKind.Name, 3);
        Words(part, FeatureKind.Name, 4, pairs: true);
        Topical(part);
        Scale(from, 0.7f);
    }

    public void Links(IReadOnlyList<LinkParts> links)
    {
        var from = Features.Count;
        foreach (var link in links.Take(MostLinks + 1))
        {
            Grams($" {link.Host} ", PartGram, FeatureKind.Link, 5);
            var dot = link.Host.LastIndexOf('.');
            if (dot >= 0) AddOnce(FeatureSlots.Hash(link.Host.AsSpan(dot), 6), FeatureKind.Link, dot, link.Host.Length - dot);
            AddOnce(FeatureSlots.Hash(link.Host, 6), FeatureKind.Link, 0, link.Host.Length);
            var path = PartWords.Of(link.Path);
            Words(path, FeatureKind.Link, 7, pairs: false);
            Topical(path);
        }
        Scale(from, 0.7f);
    }

    /// <summary>Two things about name, link and words together.</summary>
    public void Shape(int first, int second, uint space) => Features.Add(new Feature((int)(FeatureSlots.Mix(((uint)first * 64) + (uint)second + (space * 65_536)) % FeatureSlots.Hashed), 0.35f, FeatureKind.Shape, 0, 0));

    // The same word in a name or a path is one thing.
    private void Topical(PartWords part)
    {
        for (var i = 0; i < part.Words.Count; i++)
            if (part.Words[i].Length > 2) AddOnce(FeatureSlots.Hash(part.Word(i), 8), FeatureKind.Link, -1, 0);
    }

    private void Grams(string text, int size, FeatureKind kind, uint space)
    {
        var shift = text.Length > 0 && text[0] == ' ' && kind != FeatureKind.Text ? 1 : 0;
        for (var at = 0; at + size <= text.Length; at++) AddOnce(FeatureSlots.Hash(text.AsSpan(at, size), space), kind, Math.Max(0, at - shift), size);
    }

    private void Words(PartWords part, FeatureKind kind, uint space, bool pairs)
    {
        var before = 0u;
        for (var i = 0; i < part.Words.Count; i++)
        {
            var word = part.Words[i];
            var hash = FeatureSlots.Hash(word.In(part.Folded), space);
            AddOnce(hash, kind, word.Start, word.Length);
            if (pairs && i > 0) AddOnce(FeatureSlots.Mix((before * 31) + hash), kind, part.Words[i - 1].Start, word.End - part.Words[i - 1].Start);
            before = hash;
        }
    }

    private void AddOnce(uint hash, FeatureKind kind, int start, int length)
    {
        if (_count >= Room * 3 / 4) return;
        var slot = (int)(hash % FeatureSlots.Hashed);
        var at = (int)(((uint)slot * 2_654_435_761u) >> 19);
        while (_seen[at] != 0)
        {
            if (_seen[at] == slot + 1) return;
            at = (at + 1) & (Room - 1);
        }
        _seen[at] = slot + 1;
        _count++;
        Features.Add(new Feature(slot, 1, kind, start, length));
    }

    private void Scale(int from, float weight)
    {
        var count = Features.Count - from;
        var value = weight / MathF.Sqrt(count);
        for (var i = from; i < Features.Count; i++) Features[i] = Features[i] with { Value = value };
    }
}
