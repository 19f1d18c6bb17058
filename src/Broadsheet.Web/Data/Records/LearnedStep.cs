using Broadsheet.Core.Screening.Models;

namespace Broadsheet.Web.Data.Records;

/// <summary>What one decision of a moderator taught a model, or what a decision that was taken back untaught it. Rows are only added; the publication's weights are their sum.</summary>
internal sealed class LearnedStep
{
    public long Id { get; set; }
    public ModelKind Model { get; set; }

    /// <summary>Null for many old steps made into one.</summary>
    public long? DecisionId { get; set; }

    /// <summary>Slot and change in turn, four bytes each, the lowest first (<see cref="LearningLedger"/>).</summary>
    public byte[] Changes { get; set; } = [];
}
