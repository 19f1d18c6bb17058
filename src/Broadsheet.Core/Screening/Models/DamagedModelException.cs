namespace Broadsheet.Core.Screening.Models;

/// <summary>A model file cannot be used; the message says why in one line.</summary>
public sealed class DamagedModelException(string message) : Exception(message);
