using Broadsheet.Core.Text;

namespace Broadsheet.Web.Features.Moderation;

// Nested, since a component's parameters must be public and nothing else is.
public partial class CardView
{
    /// <summary>What can be done with a comment.</summary>
    /// <param name="To">The queue it goes to.</param>
    /// <param name="Key">On the keyboard.</param>
    public sealed record Button(string To, string Words, char Key);

    /// <summary>A comment as moderators see it.</summary>
    public sealed record Content
    {
        public long Id { get; init; }
        public required string Author { get; init; }
        public required string Email { get; init; }
        public required string Url { get; init; }
        public required string Ip { get; init; }

        /// <summary>Null for a guest.</summary>
        public long? PersonId { get; init; }

        /// <summary>Who that is here; null for a guest.</summary>
        public string? Person { get; init; }
        public bool IsPing { get; init; }
        public required string When { get; init; }

        /// <summary>Null while it was never shown.</summary>
        public string? Number { get; init; }

        /// <summary>The name of its queue.</summary>
        public required string Standing { get; init; }
        public SafeHtml Body { get; init; }
        public bool IsEdited { get; init; }

        /// <summary>Readers see some of its words as a letter and dots; here it is as it was written.</summary>
        public bool IsMasked { get; init; }

        /// <summary>The last decision, the last change of words and the standing that this card knows of: a decision on an older one is refused.</summary>
        public required string Seen { get; init; }
        public long ArticleId { get; init; }
        public required string Article { get; init; }
        public required string ArticleUrl { get; init; }

        /// <summary>Null while readers do not see it.</summary>
        public string? CommentUrl { get; init; }
        public string? ParentAuthor { get; init; }
        public string? ParentWords { get; init; }
        public required IReadOnlyList<Check> Checks { get; init; }
        public required IReadOnlyList<Report> Reports { get; init; }

        /// <summary>Its writer asks for another look; null where nobody does.</summary>
        public Plea? Appeal { get; init; }

        /// <summary>Null where nothing tells who wrote it.</summary>
        public string? History { get; init; }

        /// <summary>Null while nobody has decided.</summary>
        public string? Decided { get; init; }

        /// <param name="Earlier">Ids of comments that the reason speaks of.</param>
        public sealed record Check(string Name, string Leaning, string Reason, IReadOnlyList<long> Earlier);

        public sealed record Plea(string Words, string When);

        public sealed record Report(string Reason, string Note, string By, string When);
    }
}
