using Broadsheet.Core.Discussion;
using CsCheck;

namespace Broadsheet.Core.Tests.Discussion;

/// <summary>The plan against the simplest thing that could be right: comments as objects, walked one by one.</summary>
public sealed class ThreadPlanTests
{
    private static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Ids from a small range, so that parents are often missing, later, in a circle or the comment itself; dates often the same.</summary>
    private static readonly Gen<List<Sample>> Threads =
        Gen.Select(Gen.Long[1, 40], Gen.Long[0, 45], Gen.Int[0, 12], Gen.Bool, (id, parent, minute, isShown) => new Sample(id, parent, Start.AddMinutes(minute), isShown))
            .List[0, 40].Select(list => list.DistinctBy(s => s.Id).ToList());

    [Fact]
    public void Numbers_are_those_of_the_simple_model()
    {
        Threads.Sample(thread => AssertSame(new Model(thread, 0, []), Plan(thread, 0)), iter: 20_000);
    }

    [Fact]
    public void Later_comments_take_the_next_numbers()
    {
        Gen.Select(Threads, Gen.Int[0, 40]).Sample((thread, known) =>
        {
            var first = new Model([.. thread.Take(known)], 0, []);
            var before = thread.Take(known).Select(s => first.Of(s.Id)).ToList();
            var second = new Model([.. thread.Skip(known)], first.LastNumber, before);
            AssertSame(second, Plan([.. thread.Skip(known)], first.LastNumber, before));
        }, iter: 20_000);
    }

    [Fact]
    public void A_reply_may_be_older_than_what_it_answers()
    {
        var plan = Plan([new Sample(1, 2, Start, true), new Sample(2, 0, Start.AddDays(1), true)], 0);

        Assert.Equal((1, 0, ""), Short(plan.PlaceOf(2)!));
        Assert.Equal((1, 1, "11"), Short(plan.PlaceOf(1)!));
        Assert.Equal((1, 1), (plan.PlaceOf(2)!.LastReply, plan.PlaceOf(2)!.ShownReplies));
    }

    [Fact]
    public void A_shown_reply_below_a_held_one_hangs_below_the_next_that_has_a_number()
    {
        var plan = Plan([new Sample(1, 0, Start, true), new Sample(2, 1, Start, false), new Sample(3, 2, Start, true)], 0);

        Assert.Null(plan.PlaceOf(2));
        Assert.Equal((1L, 1), (plan.PlaceOf(3)!.ShownParentId!.Value, plan.PlaceOf(3)!.Depth));
        Assert.Equal(2, plan.ParentOf(3));
    }

    [Fact]
    public void A_circle_is_cut_at_its_earliest_comment()
    {
        var plan = Plan([new Sample(7, 9, Start.AddHours(2), true), new Sample(8, 7, Start.AddHours(1), true), new Sample(9, 8, Start.AddHours(3), true)], 0);

        Assert.Equal(1, plan.Circles);
        Assert.Equal(1, plan.PlaceOf(8)!.Number);
        Assert.Null(plan.ParentOf(8));
        Assert.Equal(8, plan.PlaceOf(9)!.ShownParentId);
        Assert.Equal(9, plan.PlaceOf(7)!.ShownParentId);
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_replies_has_paths_that_a_database_can_index()
    {
        const int n = 100_000;
        var plan = new ThreadPlan();
        // The worst order for whoever walks up: the deepest first.
        for (var i = n; i > 0; i--) plan.Add(i, i - 1, Start.AddSeconds(i), i, isNumbered: true);
        plan.Shape();
        plan.Number(0, _ => 0);

        Assert.Equal(1, plan.NewTops);
        Assert.Equal(n - 1, plan.PlaceOf(1)!.LastReply);
        Assert.Equal(ThreadPlan.MaxDepth, plan.PlaceOf(n)!.Depth);
        Assert.True(plan.PlaceOf(n)!.Path.Length < 2_000);
        Assert.Equal(n - 1, plan.PlaceOf(n)!.ShownParentId);
    }

    private static ThreadPlan Plan(List<Sample> thread, int last, List<Known>? before = null)
    {
        var plan = new ThreadPlan();
        foreach (var k in before ?? []) plan.AddKnown(k.Id, k.ParentId, k.Number, k.Reply, k.Depth, k.Path);
        foreach (var s in thread) plan.Add(s.Id, s.ParentId, s.At, s.Id, s.IsShown);
        plan.Shape();
        plan.Number(last, id => before!.Single(k => k.Id == id).LastReply);
        return plan;
    }

    private static void AssertSame(Model model, ThreadPlan plan)
    {
        foreach (var comment in model.New)
        {
            var place = plan.PlaceOf(comment.Id);
            if (!comment.IsShown)
            {
                Assert.Null(place);
                continue;
            }
            Assert.Equal((comment.Number, comment.Reply, comment.Depth, comment.Path, comment.Above?.Id, comment.LastReply, comment.Replies), (place!.Number, place.Reply, place.Depth, place.Path, place.ShownParentId, place.LastReply, place.ShownReplies));
        }
    }

    private static (int, int, string) Short(ThreadPlace place) => (place.Number, place.Reply, place.Path);

    private sealed record Sample(long Id, long ParentId, DateTimeOffset At, bool IsShown);

    private sealed record Known(long Id, long ParentId, int Number, int Reply, int Depth, string? Path, int LastReply);

    private sealed class Node
    {
        public long Id, ParentId;
        public DateTimeOffset At;
        public bool IsShown, IsNew;
        public Node? Parent, Above;
        public int Number, Reply, Depth, LastReply, Replies;
        public string Path = "";
    }

    /// <summary>No indexes, no passes: each question is answered by walking.</summary>
    private sealed class Model
    {
        private readonly List<Node> _all;

        public Model(List<Sample> thread, int last, List<Known> before)
        {
            _all = [.. before.Select(k => new Node { Id = k.Id, ParentId = k.ParentId, IsShown = k.Number > 0, Number = k.Number, Reply = k.Reply, Depth = k.Depth, Path = k.Path ?? "", LastReply = k.LastReply }),
                .. thread.Select(s => new Node { Id = s.Id, ParentId = s.ParentId, At = s.At, IsShown = s.IsShown, IsNew = true })];
            foreach (var n in _all) n.Parent = n.ParentId == 0 ? null : _all.Find(p => p.Id == n.ParentId);
            while (_all.Find(IsInCircle) is { } some) Circle(some).OrderBy(n => n.IsNew ? n.At.UtcTicks : 0).ThenBy(n => n.IsNew ? n.Id : 0).First().Parent = null;
            foreach (var n in _all) for (n.Above = n.Parent; n.Above is { IsShown: false }; n.Above = n.Above.Parent) { }
            var shown = _all.Where(n => n is { IsNew: true, IsShown: true }).OrderBy(n => n.At).ThenBy(n => n.Id).ToList();
            foreach (var n in shown.Where(n => n.Above is null)) n.Number = ++last;
            foreach (var n in shown.Where(n => n.Above is not null))
            {
                var top = TopOf(n);
                (n.Number, n.Reply) = (top.Number, ++top.LastReply);
            }
            foreach (var n in shown.OrderBy(Level))
            {
                if (n.Above is null) continue;
                n.Above.Replies++;
                (n.Depth, n.Path) = (n.Above.Depth + 1, $"{n.Above.Path}{n.Reply.ToString().Length}{n.Reply}");
            }
            LastNumber = last;
        }

        public int LastNumber { get; }

        public IEnumerable<Node> New => _all.Where(n => n.IsNew);

        public Known Of(long id) => _all.Single(n => n.Id == id) is var n ? new Known(n.Id, n.Parent?.Id ?? 0, n.IsShown ? n.Number : 0, n.Reply, n.Depth, n.IsShown ? n.Path : null, n.LastReply) : null!;

        private Node TopOf(Node n)
        {
            while (n is { IsNew: true, Above: { } above }) n = above;
            return n.Reply == 0 ? n : _all.Single(t => t.IsShown && t.Number == n.Number && t.Reply == 0 && t is { IsNew: false });
        }

        private static int Level(Node n) => n.Above is null || !n.IsNew ? 0 : Level(n.Above) + 1;

        private bool IsInCircle(Node n)
        {
            var at = n.Parent;
            for (var i = 0; i <= _all.Count && at is not null; i++, at = at.Parent) if (at == n) return true;
            return false;
        }

        private static List<Node> Circle(Node n)
        {
            List<Node> circle = [n];
            for (var at = n.Parent!; at != n; at = at.Parent!) circle.Add(at);
            return circle;
        }
    }
}
